//! Models of a few thousand weights for tests: written as GGUF files with numbers from a fixed
//! seed, in every family that the decoder knows.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};

use candle_core::quantized::gguf_file::{Value, write};
use candle_core::quantized::{GgmlDType, QTensor};
use candle_core::{Device, Tensor};

use crate::{Decoder, Options};

pub(crate) const WIDTH: usize = 64;
pub(crate) const HEADS: usize = 4;
pub(crate) const KV_HEADS: usize = 2;
pub(crate) const HEAD: usize = 16;
pub(crate) const FEED: usize = 96;
pub(crate) const VOCABULARY: usize = 272;
pub(crate) const CONTEXT: usize = 512;
pub(crate) const WINDOW: usize = 6;
pub(crate) const EPSILON: f32 = 1e-6;

pub(crate) const ARCHS: [&str; 4] = ["llama", "qwen2", "qwen3", "gemma3"];

/// The parts of a file, to be changed by a test before they are written.
pub(crate) struct Tiny {
    pub metadata: BTreeMap<String, Value>,
    pub tensors: BTreeMap<String, Tensor>,
    pub kind: GgmlDType,
}

/// Normally distributed numbers (Box and Muller over SplitMix64).
pub(crate) struct Chance(pub u64);

impl Chance {
    fn even(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (((z ^ (z >> 31)) >> 11) as f64 + 0.5) / (1u64 << 53) as f64
    }

    pub fn normal(&mut self) -> f32 {
        let (a, b) = (self.even(), self.even());
        ((-2.0 * a.ln()).sqrt() * (std::f64::consts::TAU * b).cos()) as f32
    }

    pub fn vector(&mut self, n: usize, scale: f32) -> Vec<f32> {
        (0..n).map(|_| self.normal() * scale).collect()
    }
}

impl Tiny {
    /// A model of this family with so many layers.
    pub fn new(arch: &str, layers: usize) -> Tiny {
        let mut chance = Chance(7);
        let mut tensors = BTreeMap::new();
        let mut put = |name: String, shape: &[usize], around: f32, scale: f32| {
            let numbers: Vec<f32> = chance
                .vector(shape.iter().product(), scale)
                .into_iter()
                .map(|x| x + around)
                .collect();
            let tensor = Tensor::from_vec(numbers, shape, &Device::Cpu).unwrap();
            tensors.insert(name, tensor);
        };
        let (q, kv) = (HEADS * HEAD, KV_HEADS * HEAD);
        let wide = |n: usize| 1.0 / (n as f32).sqrt();
        put("token_embd.weight".into(), &[VOCABULARY, WIDTH], 0.0, 0.25);
        put("output_norm.weight".into(), &[WIDTH], 1.0, 0.1);
        if arch == "llama" {
            put("output.weight".into(), &[VOCABULARY, WIDTH], 0.0, wide(WIDTH));
        }
        for layer in 0..layers {
            let name = |part: &str| format!("blk.{layer}.{part}");
            for (part, out, input) in [
                ("attn_q", q, WIDTH),
                ("attn_k", kv, WIDTH),
                ("attn_v", kv, WIDTH),
                ("attn_output", WIDTH, q),
                ("ffn_gate", FEED, WIDTH),
                ("ffn_up", FEED, WIDTH),
                ("ffn_down", WIDTH, FEED),
            ] {
                put(name(&format!("{part}.weight")), &[out, input], 0.0, wide(input));
            }
            put(name("attn_norm.weight"), &[WIDTH], 1.0, 0.1);
            put(name("ffn_norm.weight"), &[WIDTH], 1.0, 0.1);
            if arch == "qwen2" {
                for (part, n) in [("attn_q", q), ("attn_k", kv), ("attn_v", kv)] {
                    put(name(&format!("{part}.bias")), &[n], 0.0, 0.3);
                }
            }
            if matches!(arch, "qwen3" | "gemma3") {
                put(name("attn_q_norm.weight"), &[HEAD], 1.0, 0.1);
                put(name("attn_k_norm.weight"), &[HEAD], 1.0, 0.1);
            }
            if arch == "gemma3" {
                put(name("post_attention_norm.weight"), &[WIDTH], 1.0, 0.1);
                put(name("post_ffw_norm.weight"), &[WIDTH], 1.0, 0.1);
            }
        }
        let mut tiny = Tiny { metadata: BTreeMap::new(), tensors, kind: GgmlDType::F32 };
        tiny.describe(arch, layers);
        tiny.give_words();
        tiny
    }

    fn describe(&mut self, arch: &str, layers: usize) {
        self.set("general.architecture", Value::String(arch.into()));
        self.set("general.name", Value::String(format!("Tiny {arch}")));
        // 0 is 32-bit numbers; the library's Qwen 3 computes in 16 bits when it is absent.
        self.set("general.dtype", Value::U32(0));
        for (key, value) in [
            ("embedding_length", WIDTH),
            ("block_count", layers),
            ("attention.head_count", HEADS),
            ("attention.head_count_kv", KV_HEADS),
            ("attention.key_length", HEAD),
            ("attention.value_length", HEAD),
            ("rope.dimension_count", HEAD),
            ("feed_forward_length", FEED),
            ("context_length", CONTEXT),
        ] {
            self.set(&format!("{arch}.{key}"), Value::U32(value as u32));
        }
        let real = |v: f32| Value::F32(v);
        self.set(&format!("{arch}.attention.layer_norm_rms_epsilon"), real(EPSILON));
        self.set(&format!("{arch}.rope.freq_base"), real(20_000.0));
        if arch == "gemma3" {
            self.set("gemma3.rope.local_freq_base", real(5_000.0));
            self.set("gemma3.attention.sliding_window", Value::U32(WINDOW as u32));
        }
    }

    /// A byte-level tokenizer without merges: 256 letters, and some control tokens.
    fn give_words(&mut self) {
        let itself = |b: &u8| matches!(b, b'!'..=b'~' | 0xA1..=0xAC | 0xAE..=0xFF);
        let mut other = 256u32..;
        let mut tokens: Vec<String> = (0..=255u8)
            .map(|b| if itself(&b) { u32::from(b) } else { other.next().unwrap() })
            .map(|code| char::from_u32(code).unwrap().to_string())
            .collect();
        let mut kinds = vec![1; tokens.len()];
        for control in ["<|im_start|>", "<|im_end|>", "<|endoftext|>"] {
            tokens.push(control.into());
            kinds.push(3);
        }
        while tokens.len() < VOCABULARY {
            tokens.push(format!("<unused{}>", tokens.len()));
            kinds.push(5);
        }
        self.set("tokenizer.ggml.model", Value::String("gpt2".into()));
        self.set("tokenizer.ggml.pre", Value::String("smollm".into()));
        let texts = tokens.into_iter().map(Value::String).collect();
        self.set("tokenizer.ggml.tokens", Value::Array(texts));
        let kinds = kinds.into_iter().map(Value::I32).collect();
        self.set("tokenizer.ggml.token_type", Value::Array(kinds));
        self.set("tokenizer.ggml.merges", Value::Array(Vec::new()));
        self.set("tokenizer.ggml.eos_token_id", Value::U32(257));
        self.set("tokenizer.chat_template", Value::String(TEMPLATE.into()));
    }

    pub fn set(&mut self, key: &str, value: Value) {
        self.metadata.insert(key.into(), value);
    }

    /// Writes the file. Matrices are stored as `kind`, all else as 32-bit numbers.
    pub fn write(&self, path: &Path) {
        let stored: Vec<(&str, QTensor)> = self
            .tensors
            .iter()
            .map(|(name, tensor)| {
                let kind = if tensor.rank() == 2 { self.kind } else { GgmlDType::F32 };
                (name.as_str(), QTensor::quantize(tensor, kind).unwrap())
            })
            .collect();
        let metadata: Vec<(&str, &Value)> =
            self.metadata.iter().map(|(k, v)| (k.as_str(), v)).collect();
        let tensors: Vec<(&str, &QTensor)> = stored.iter().map(|(n, t)| (*n, t)).collect();
        write(&mut File::create(path).unwrap(), &metadata, &tensors).unwrap();
    }

    /// Writes the file into a folder of its own, which lives as long as the answer.
    pub fn stored(&self) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tiny.gguf");
        self.write(&path);
        (folder, path)
    }

    pub fn open(&self) -> Decoder {
        let (_folder, path) = self.stored();
        Decoder::open(&path, &Options::default()).unwrap()
    }
}

/// A template of the common kind, of our own.
const TEMPLATE: &str = "{% for m in messages %}<|im_start|>{{ m.role }}
{{ m.content }}<|im_end|>
{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant
{% endif %}";

/// Tokens from a fixed seed.
pub(crate) fn ids(n: usize, seed: u64) -> Vec<u32> {
    let mut chance = Chance(seed);
    (0..n).map(|_| (chance.even() * 256.0) as u32).collect()
}

/// The largest difference.
pub(crate) fn apart(a: &[f32], b: &[f32]) -> f32 {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).map(|(x, y)| (x - y).abs()).fold(0.0, f32::max)
}
