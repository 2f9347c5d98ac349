//! Our forward pass against the models of candle-transformers, on the same tiny weights: the whole
//! prompt in one pass and then token by token.

use std::collections::HashMap;
use std::fs::File;

use candle_core::quantized::gguf_file::{Content, Value};
use candle_core::{DType, Device, Tensor};
use candle_nn::{Activation, VarBuilder};
use candle_transformers::models::{
    gemma3, quantized_gemma3, quantized_llama, quantized_qwen2, quantized_qwen3,
};

use crate::tiny::{self, Tiny, apart, ids};
use crate::{Capture, Decoder, Feed};

/// What a reference gives for tokens at a position: the logits of the last one.
type Reference = Box<dyn FnMut(&Tensor, usize) -> candle_core::Result<Tensor>>;

const CLOSE: f32 = 1e-4;

/// The library's model for this file.
fn reference(arch: &str, tiny: &Tiny) -> Reference {
    let (_folder, path) = tiny.stored();
    let mut file = File::open(path).unwrap();
    let content = Content::read(&mut file).unwrap();
    let cpu = &Device::Cpu;
    macro_rules! model {
        ($module:ident) => {{
            let mut model = $module::ModelWeights::from_gguf(content, &mut file, cpu).unwrap();
            Box::new(move |ids: &Tensor, at| model.forward(ids, at))
        }};
    }
    match arch {
        "llama" => model!(quantized_llama),
        "qwen2" => model!(quantized_qwen2),
        "qwen3" => model!(quantized_qwen3),
        _ => model!(quantized_gemma3),
    }
}

/// The largest difference over a prompt and the tokens after it, relative to nothing: logits of
/// these models are of the order of one.
fn difference(decoder: &Decoder, mut reference: Reference, prompt: usize, after: usize) -> f32 {
    let ids = ids(prompt + after, 3);
    let mut lane = decoder.lane();
    let mut worst = 0f32;
    let pieces = std::iter::once((0, prompt)).chain((prompt..ids.len()).map(|at| (at, 1)));
    for (at, n) in pieces {
        let tokens = &ids[at..at + n];
        let feed = Feed { lane: &mut lane, tokens, push: &[], keep: 1, capture: Capture::None };
        let ours = decoder.forward(&mut [feed]).unwrap().swap_remove(0).logits.swap_remove(0);
        let batch = Tensor::new(tokens, &Device::Cpu).unwrap().unsqueeze(0).unwrap();
        let theirs = reference(&batch, at).unwrap().flatten_all().unwrap();
        let theirs = theirs.to_vec1::<f32>().unwrap();
        assert!(theirs.iter().any(|x| x.abs() > 0.5), "the reference says nothing");
        worst = worst.max(apart(&ours, &theirs));
    }
    worst
}

#[test]
fn llama_and_both_qwens_agree_with_the_library() {
    for arch in ["llama", "qwen2", "qwen3"] {
        let tiny = Tiny::new(arch, 3);
        let worst = difference(&tiny.open(), reference(arch, &tiny), 9, 6);
        assert!(worst < CLOSE, "{arch}: {worst}");
    }
}

/// The library's quantised Gemma 3 puts SiLU where the model has GELU. With nothing coming out of
/// the feed-forward half that does not show, and everything else is compared.
#[test]
fn gemma_agrees_with_the_librarys_quantised_model_but_for_its_activation() {
    let mut tiny = Tiny::new("gemma3", 7);
    for layer in 0..7 {
        let name = format!("blk.{layer}.ffn_down.weight");
        let nothing = tiny.tensors[&name].zeros_like().unwrap();
        tiny.tensors.insert(name, nothing);
    }
    // Shorter than the window, which the library applies neither in the prompt nor after it as
    // the model does.
    let worst = difference(&tiny.open(), reference("gemma3", &tiny), 4, 2);
    assert!(worst < CLOSE, "{worst}");
}

/// The library's unquantised Gemma 3 has the right activation, and works with the right window as
/// long as tokens come one at a time. That a whole prompt gives the same as its tokens one by one
/// is held elsewhere.
#[test]
fn gemma_agrees_with_the_librarys_full_model_beyond_its_window() {
    let tiny = Tiny::new("gemma3", 7);
    let worst = difference(&tiny.open(), full_gemma(&tiny, 7), 1, 4 * tiny::WINDOW);
    assert!(worst < CLOSE, "{worst}");
}

fn full_gemma(tiny: &Tiny, layers: usize) -> Reference {
    let mut named: HashMap<String, Tensor> = HashMap::new();
    let mut take = |theirs: String, ours: String, is_norm: bool| {
        let tensor = tiny.tensors[&ours].clone();
        // Their norms add one to their weights; the file's have it added.
        let tensor = if is_norm { (tensor - 1.0).unwrap() } else { tensor };
        named.insert(format!("model.{theirs}.weight"), tensor);
    };
    take("embed_tokens".into(), "token_embd.weight".into(), false);
    take("norm".into(), "output_norm.weight".into(), true);
    for layer in 0..layers {
        for (theirs, ours, is_norm) in [
            ("self_attn.q_proj", "attn_q", false),
            ("self_attn.k_proj", "attn_k", false),
            ("self_attn.v_proj", "attn_v", false),
            ("self_attn.o_proj", "attn_output", false),
            ("self_attn.q_norm", "attn_q_norm", true),
            ("self_attn.k_norm", "attn_k_norm", true),
            ("mlp.gate_proj", "ffn_gate", false),
            ("mlp.up_proj", "ffn_up", false),
            ("mlp.down_proj", "ffn_down", false),
            ("input_layernorm", "attn_norm", true),
            ("post_attention_layernorm", "post_attention_norm", true),
            ("pre_feedforward_layernorm", "ffn_norm", true),
            ("post_feedforward_layernorm", "post_ffw_norm", true),
        ] {
            let ours = format!("blk.{layer}.{ours}.weight");
            take(format!("layers.{layer}.{theirs}"), ours, is_norm);
        }
    }
    let real = |key: &str| match tiny.metadata[key] {
        Value::F32(v) => f64::from(v),
        _ => panic!("{key} is no number"),
    };
    let config = gemma3::Config {
        attention_bias: false,
        head_dim: tiny::HEAD,
        hidden_activation: Activation::GeluPytorchTanh,
        hidden_size: tiny::WIDTH,
        intermediate_size: tiny::FEED,
        num_attention_heads: tiny::HEADS,
        num_hidden_layers: layers,
        num_key_value_heads: tiny::KV_HEADS,
        rms_norm_eps: f64::from(tiny::EPSILON),
        rope_theta: real("gemma3.rope.freq_base"),
        rope_local_base_freq: real("gemma3.rope.local_freq_base"),
        vocab_size: tiny::VOCABULARY,
        final_logit_softcapping: None,
        attn_logit_softcapping: None,
        query_pre_attn_scalar: tiny::HEAD,
        sliding_window: tiny::WINDOW,
        sliding_window_pattern: 6,
        max_position_embeddings: tiny::CONTEXT,
    };
    let weights = VarBuilder::from_tensors(named, DType::F32, &Device::Cpu);
    let mut model = gemma3::Model::new(false, &config, weights).unwrap();
    Box::new(move |ids, at| model.forward(ids, at))
}
