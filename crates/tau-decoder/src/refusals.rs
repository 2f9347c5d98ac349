//! Files that are not what they seem: each is refused with a word, and none makes the program stop
//! or take memory that is not in the file.

use std::path::PathBuf;

use candle_core::quantized::gguf_file::Value;
use candle_core::{DType, Device, Tensor};

use crate::tiny::{ARCHS, Tiny, WIDTH};
use crate::{Compute, Decoder, DecoderError, Options, Text};

fn open(tiny: &Tiny) -> Result<Decoder, DecoderError> {
    let (_folder, path) = tiny.stored();
    Decoder::open(&path, &Options::default())
}

fn opened_bytes(bytes: &[u8]) -> DecoderError {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.gguf");
    std::fs::write(&path, bytes).unwrap();
    Decoder::open(&path, &Options::default()).unwrap_err()
}

#[test]
fn a_file_that_is_not_there_or_is_something_else_is_said_to_be_so() {
    let missing = Decoder::open(&PathBuf::from("/nowhere/x.gguf"), &Options::default());
    assert!(matches!(missing, Err(DecoderError::Unreadable { .. })));
    assert!(matches!(opened_bytes(b""), DecoderError::NotGguf { .. }));
    assert!(matches!(opened_bytes(b"PK\x03\x04 a zip"), DecoderError::NotGguf { .. }));
}

#[test]
fn a_file_that_is_cut_short_anywhere_is_damaged() {
    let (_folder, path) = Tiny::new("llama", 1).stored();
    let whole = std::fs::read(path).unwrap();
    for share in [0.0002, 0.01, 0.05, 0.2, 0.5, 0.999] {
        let bytes = &whole[..((whole.len() as f64 * share) as usize).max(4)];
        let error = opened_bytes(bytes);
        assert!(matches!(error, DecoderError::Damaged { .. }), "{share}: {error}");
        assert!(error.to_string().contains("Download the file again"));
    }
}

#[test]
fn a_header_that_claims_the_impossible_is_damaged() {
    let (_folder, path) = Tiny::new("llama", 1).stored();
    let whole = std::fs::read(path).unwrap();
    // Counts of tensors and of metadata, then the length of the first key.
    for at in [8, 16, 24] {
        let mut bytes = whole.clone();
        bytes[at..at + 8].copy_from_slice(&u64::MAX.to_le_bytes());
        assert!(matches!(opened_bytes(&bytes), DecoderError::Damaged { .. }), "{at}");
    }
    // The dimensions of a tensor whose product overflows.
    let name = b"blk.0.attn_k.weight";
    let at = whole.windows(name.len()).position(|w| w == name).unwrap() + name.len() + 4;
    let mut bytes = whole.clone();
    bytes[at..at + 8].copy_from_slice(&(u64::MAX / 2).to_le_bytes());
    assert!(matches!(opened_bytes(&bytes), DecoderError::Damaged { .. }));
    // A place beyond the end: the offset comes after two dimensions and the type.
    let mut bytes = whole.clone();
    bytes[at + 20..at + 28].copy_from_slice(&(u64::MAX - 64).to_le_bytes());
    assert!(matches!(opened_bytes(&bytes), DecoderError::Damaged { .. }));
}

#[test]
fn an_alignment_of_nought_is_damaged() {
    let mut tiny = Tiny::new("llama", 1);
    tiny.set("general.alignment", Value::U32(0));
    assert!(matches!(open(&tiny), Err(DecoderError::Damaged { .. })));
}

#[test]
fn a_missing_or_misshapen_tensor_is_named() {
    for arch in ARCHS {
        let mut tiny = Tiny::new(arch, 2);
        tiny.tensors.remove("blk.1.ffn_up.weight");
        let error = open(&tiny).unwrap_err().to_string();
        assert!(error.contains("blk.1.ffn_up.weight is missing"), "{error}");
        let mut tiny = Tiny::new(arch, 2);
        let wrong = Tensor::zeros((3, WIDTH), DType::F32, &Device::Cpu).unwrap();
        tiny.tensors.insert("blk.1.ffn_up.weight".into(), wrong);
        let error = open(&tiny).unwrap_err().to_string();
        assert!(error.contains("blk.1.ffn_up.weight has the shape"), "{error}");
    }
}

#[test]
fn what_is_not_understood_is_refused_by_name() {
    let refused = |change: &dyn Fn(&mut Tiny), word: &str| {
        let mut tiny = Tiny::new("llama", 1);
        change(&mut tiny);
        match open(&tiny) {
            Err(DecoderError::Unsupported(why)) => assert!(why.contains(word), "{why}"),
            other => panic!("{word}: {:?}", other.err()),
        }
    };
    let text = |s: &str| Value::String(s.into());
    refused(&|t| t.set("general.architecture", text("mamba")), "mamba");
    refused(&|t| t.set("llama.expert_count", Value::U32(8)), "experts");
    refused(&|t| t.set("llama.rope.scaling.type", text("yarn")), "yarn");
    refused(&|t| t.set("llama.rope.dimension_count", Value::U32(8)), "rotary");
    refused(
        &|t| {
            let extra = Tensor::zeros(4, DType::F32, &Device::Cpu).unwrap();
            t.tensors.insert("blk.0.attn_q_norm.weight".into(), extra);
        },
        "blk.0.attn_q_norm.weight",
    );
}

#[test]
fn sizes_that_make_no_sense_are_damaged_and_not_computed_with() {
    for (key, value) in [
        ("llama.block_count", 0),
        ("llama.block_count", u32::MAX),
        ("llama.attention.head_count", 0),
        ("llama.attention.head_count_kv", 3),
        ("llama.embedding_length", u32::MAX),
        ("llama.attention.key_length", 0),
        ("llama.context_length", 0),
    ] {
        let mut tiny = Tiny::new("llama", 1);
        tiny.set(key, Value::U32(value));
        let error = open(&tiny).unwrap_err();
        assert!(matches!(error, DecoderError::Damaged { .. }), "{key} {value}: {error}");
    }
}

#[test]
fn a_processor_that_this_build_lacks_is_refused_with_another_way() {
    let (_folder, path) = Tiny::new("llama", 1).stored();
    for (device, there) in
        [(Compute::Cuda, cfg!(feature = "cuda")), (Compute::Metal, cfg!(feature = "metal"))]
    {
        if !there {
            let options = Options { device, ..Options::default() };
            let error = Decoder::open(&path, &options).unwrap_err().to_string();
            assert!(error.contains("Choose the processor"), "{error}");
        }
    }
}

#[test]
fn a_tokenizer_of_unknown_rules_or_kind_is_refused_by_name() {
    let refused = |change: &dyn Fn(&mut Tiny), word: &str| {
        let mut tiny = Tiny::new("llama", 1);
        change(&mut tiny);
        let (_folder, path) = tiny.stored();
        match Text::open(&path) {
            Err(DecoderError::Unsupported(why)) => assert!(why.contains(word), "{why}"),
            other => panic!("{word}: {:?}", other.err()),
        }
    };
    refused(&|t| t.set("tokenizer.ggml.pre", Value::String("newest".into())), "newest");
    refused(&|t| t.set("tokenizer.ggml.pre", Value::String("default".into())), "default");
    refused(&|t| drop(t.metadata.remove("tokenizer.ggml.pre")), "tokenizer.ggml.pre");
    refused(&|t| t.set("tokenizer.ggml.model", Value::String("t5".into())), "t5");
}
