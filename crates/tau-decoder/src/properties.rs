//! What must hold of every model, whatever its weights: batches, pieces, pushes and captures.

use candle_core::quantized::GgmlDType;
use candle_core::quantized::gguf_file::Value;
use candle_core::{Device, Tensor};

use crate::tiny::{ARCHS, CONTEXT, Chance, HEAD, Tiny, VOCABULARY, WIDTH, apart, ids};
use crate::{Capture, Decoder, DecoderError, Fed, Feed, Lane, Push};

/// Rounding of 32-bit sums in another order.
const ROUNDING: f32 = 1e-5;

fn fed(
    decoder: &Decoder,
    lane: &mut Lane,
    tokens: &[u32],
    push: &[Push],
    keep: usize,
    capture: Capture,
) -> Fed {
    decoder.forward(&mut [Feed { lane, tokens, push, keep, capture }]).unwrap().swap_remove(0)
}

/// Logits of every position of a new lane.
fn all(decoder: &Decoder, tokens: &[u32], push: &[Push]) -> Vec<Vec<f32>> {
    fed(decoder, &mut decoder.lane(), tokens, push, tokens.len(), Capture::None).logits
}

fn worst(a: &[Vec<f32>], b: &[Vec<f32>]) -> f32 {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).map(|(x, y)| apart(x, y)).fold(0.0, f32::max)
}

fn push(layer: usize, from: usize, seed: u64) -> Push {
    Push { layer, vector: Chance(seed).vector(WIDTH, 0.5), from }
}

/// One batch of lanes of different length and age against each lane alone.
fn together_and_alone(decoder: &Decoder) -> f32 {
    let prompts = [ids(5, 1), ids(17, 2), ids(1, 3), ids(150, 4)];
    let pushes = [vec![], vec![push(1, 3, 9)], vec![push(0, 0, 8)], vec![]];
    let mut lanes: Vec<Lane> = prompts.iter().map(|_| decoder.lane()).collect();
    fed(decoder, &mut lanes[2], &ids(3, 5), &[], 1, Capture::None);
    let mut feeds: Vec<Feed<'_>> = lanes
        .iter_mut()
        .zip(&prompts)
        .zip(&pushes)
        .map(|((lane, tokens), push)| Feed { lane, tokens, push, keep: 1, capture: Capture::None })
        .collect();
    let together = decoder.forward(&mut feeds).unwrap();
    let mut worst = 0f32;
    for (i, ((tokens, push), batch)) in prompts.iter().zip(&pushes).zip(&together).enumerate() {
        let mut lane = decoder.lane();
        if i == 2 {
            fed(decoder, &mut lane, &ids(3, 5), &[], 1, Capture::None);
        }
        let alone = fed(decoder, &mut lane, tokens, push, 1, Capture::None);
        worst = worst.max(apart(&alone.logits[0], &batch.logits[0]));
    }
    worst
}

#[test]
fn over_quantised_weights_a_lane_gives_the_same_bits_alone_and_among_others() {
    for arch in ARCHS {
        let mut tiny = Tiny::new(arch, 2);
        tiny.kind = GgmlDType::Q8_0;
        assert_eq!(together_and_alone(&tiny.open()), 0.0, "{arch}");
    }
}

#[test]
fn over_plain_weights_a_lane_gives_the_same_alone_and_among_others_up_to_rounding() {
    for arch in ARCHS {
        let apart = together_and_alone(&Tiny::new(arch, 2).open());
        assert!(apart < ROUNDING, "{arch}: {apart}");
    }
}

#[test]
fn a_text_read_in_one_go_in_two_and_token_by_token_is_the_same() {
    for arch in ARCHS {
        let decoder = Tiny::new(arch, 2).open();
        let tokens = ids(40, 1);
        let whole = all(&decoder, &tokens, &[]);
        for step in [1, 13] {
            let mut lane = decoder.lane();
            let parts: Vec<Vec<f32>> = tokens
                .chunks(step)
                .flat_map(|part| {
                    fed(&decoder, &mut lane, part, &[], part.len(), Capture::None).logits
                })
                .collect();
            assert!(worst(&whole, &parts) < ROUNDING, "{arch} by {step}");
        }
    }
}

#[test]
fn a_long_prompt_is_read_in_pieces_and_a_shorter_lane_takes_it_up_again() {
    let mut tiny = Tiny::new("gemma3", 2);
    tiny.kind = GgmlDType::Q8_0;
    let decoder = tiny.open();
    let tokens = ids(300, 2);
    let whole = all(&decoder, &tokens, &[]);
    // Back to a piece's edge and on again: the very same bits.
    let mut lane = decoder.lane();
    fed(&decoder, &mut lane, &ids(200, 9), &[], 1, Capture::None);
    lane.truncate(0);
    fed(&decoder, &mut lane, &tokens[..200], &[], 1, Capture::None);
    lane.truncate(128);
    assert_eq!(lane.len(), 128);
    let again = fed(&decoder, &mut lane, &tokens[128..], &[], 172, Capture::None).logits;
    assert_eq!(again, whole[128..]);
}

#[test]
fn a_vector_of_noughts_changes_no_bit_and_a_real_one_does() {
    for arch in ARCHS {
        let decoder = Tiny::new(arch, 2).open();
        let tokens = ids(12, 1);
        let plain = all(&decoder, &tokens, &[]);
        let nothing = Push { layer: 0, vector: vec![0.0; WIDTH], from: 0 };
        assert_eq!(all(&decoder, &tokens, &[nothing]), plain, "{arch}");
        assert!(worst(&all(&decoder, &tokens, &[push(0, 0, 5)]), &plain) > 0.01, "{arch}");
    }
}

#[test]
fn two_pushes_at_one_layer_are_their_sum() {
    let decoder = Tiny::new("llama", 3).open();
    let tokens = ids(12, 1);
    let (a, b) = (push(1, 4, 5), push(1, 4, 6));
    let vector = a.vector.iter().zip(&b.vector).map(|(x, y)| x + y).collect();
    let sum = Push { layer: 1, vector, from: 4 };
    assert_eq!(all(&decoder, &tokens, &[a, b]), all(&decoder, &tokens, &[sum]));
}

#[test]
fn positions_before_a_push_are_untouched_however_the_text_is_cut() {
    let decoder = Tiny::new("qwen3", 2).open();
    let tokens = ids(20, 1);
    let plain = all(&decoder, &tokens, &[]);
    let pushed = all(&decoder, &tokens, &[push(0, 7, 5)]);
    assert_eq!(plain[..7], pushed[..7]);
    assert!(apart(&plain[7], &pushed[7]) > 0.01);
    let mut lane = decoder.lane();
    let first = fed(&decoder, &mut lane, &tokens[..10], &[push(0, 7, 5)], 10, Capture::None);
    let second = fed(&decoder, &mut lane, &tokens[10..], &[push(0, 7, 5)], 10, Capture::None);
    let cut: Vec<_> = first.logits.into_iter().chain(second.logits).collect();
    assert!(worst(&cut, &pushed) < ROUNDING);
}

#[test]
fn the_hook_reads_every_layer_once_and_a_push_shows_in_the_next_layers_only() {
    let layers = 4;
    let decoder = Tiny::new("llama", layers).open();
    let tokens = ids(9, 1);
    let read = |push: &[Push]| {
        let capture = Capture::Mean { from: 2 };
        fed(&decoder, &mut decoder.lane(), &tokens, push, 0, capture).hidden.unwrap()
    };
    let plain = read(&[]);
    assert_eq!((plain.count, plain.layers.len()), (7, layers));
    assert!(plain.layers.iter().all(|l| l.mean.len() == WIDTH && l.norm > 0.0));
    let pushed = read(&[push(1, 0, 5)]);
    assert_eq!(pushed.layers[..2], plain.layers[..2]);
    assert!(apart(&pushed.layers[2].mean, &plain.layers[2].mean) > 0.01);
}

#[test]
fn a_push_moves_the_stream_by_exactly_its_vector() {
    // With blocks that add nothing, the next layer's reading is the stream that was pushed.
    let mut tiny = Tiny::new("llama", 3);
    for layer in 0..3 {
        for part in ["attn_output", "ffn_down"] {
            let name = format!("blk.{layer}.{part}.weight");
            let nothing = tiny.tensors[&name].zeros_like().unwrap();
            tiny.tensors.insert(name, nothing);
        }
    }
    let decoder = tiny.open();
    let tokens = ids(200, 1);
    let push = push(1, 0, 5);
    let capture = Capture::Mean { from: 0 };
    let read = |push: &[Push]| {
        fed(&decoder, &mut decoder.lane(), &tokens, push, 0, capture).hidden.unwrap()
    };
    let (plain, pushed) = (read(&[]), read(std::slice::from_ref(&push)));
    let moved: Vec<f32> =
        pushed.layers[2].mean.iter().zip(&plain.layers[2].mean).map(|(a, b)| a - b).collect();
    assert!(apart(&moved, &push.vector) < ROUNDING);
}

#[test]
fn what_is_captured_in_parts_joins_to_what_is_captured_at_once() {
    let decoder = Tiny::new("qwen2", 2).open();
    let tokens = ids(30, 1);
    let capture = Capture::Mean { from: 5 };
    let whole = fed(&decoder, &mut decoder.lane(), &tokens, &[], 0, capture).hidden.unwrap();
    let mut lane = decoder.lane();
    let joined = tokens
        .chunks(4)
        .map(|part| fed(&decoder, &mut lane, part, &[], 0, capture).hidden.unwrap())
        .reduce(crate::Captured::joined)
        .unwrap();
    assert_eq!(joined.count, 25);
    for (a, b) in joined.layers.iter().zip(&whole.layers) {
        assert!(apart(&a.mean, &b.mean) < ROUNDING && (a.norm - b.norm).abs() < 1e-4);
    }
}

#[test]
fn a_score_is_the_sum_of_what_the_logits_give_the_tokens() {
    let decoder = Tiny::new("llama", 2).open();
    let tokens = ids(150, 1);
    let push = [push(0, 100, 5)];
    let (sum, count) = decoder.score(&tokens, 40, &push).unwrap();
    let logits = all(&decoder, &tokens, &push);
    let mut expected = 0.0;
    for (row, id) in logits[39..149].iter().zip(&tokens[40..]) {
        let total: f64 = row.iter().map(|x| f64::from(*x).exp()).sum();
        expected += f64::from(row[*id as usize]) - total.ln();
    }
    assert_eq!(count, 110);
    assert!((sum - expected).abs() < 1e-3, "{sum} {expected}");
    assert_eq!(decoder.score(&tokens, 150, &push).unwrap(), (0.0, 0));
    assert!(decoder.score(&tokens, 0, &push).is_err());
}

#[test]
fn continuations_of_one_beginning_score_as_if_each_were_read_whole() {
    let decoder = Tiny::new("gemma3", 2).open();
    let (beginning, ends) = (ids(20, 1), [ids(6, 2), ids(9, 3)]);
    let mut lane = decoder.lane();
    fed(&decoder, &mut lane, &beginning[..19], &[], 0, Capture::None);
    for end in &ends {
        let after: Vec<u32> = beginning[19..].iter().chain(end).copied().collect();
        let (short, n) = decoder.score_after(&mut lane, &after, 1, &[]).unwrap();
        lane.truncate(19);
        let whole: Vec<u32> = beginning.iter().chain(end).copied().collect();
        let (long, m) = decoder.score(&whole, 20, &[]).unwrap();
        assert_eq!(n, m);
        assert!((short - long).abs() < 1e-4);
    }
}

#[test]
fn a_lane_past_its_context_is_refused_and_unchanged() {
    let decoder = Tiny::new("llama", 2).open();
    let mut lane = decoder.lane();
    fed(&decoder, &mut lane, &ids(CONTEXT - 2, 1), &[], 1, Capture::None);
    let tokens = ids(3, 2);
    let feed =
        Feed { lane: &mut lane, tokens: &tokens, push: &[], keep: 1, capture: Capture::None };
    let asked = CONTEXT + 1;
    assert_eq!(
        decoder.forward(&mut [feed]).unwrap_err(),
        DecoderError::Context { asked, limit: CONTEXT }
    );
    assert_eq!(lane.len(), CONTEXT - 2);
}

#[test]
fn arguments_that_do_not_fit_the_model_are_refused() {
    let decoder = Tiny::new("llama", 2).open();
    let other = Tiny::new("llama", 3).open();
    let mut lane = decoder.lane();
    let refused = |lane: &mut Lane, tokens: &[u32], push: &[Push], keep| {
        let feed = Feed { lane, tokens, push, keep, capture: Capture::None };
        assert!(matches!(decoder.forward(&mut [feed]), Err(DecoderError::Misfit(_))));
    };
    refused(&mut lane, &[VOCABULARY as u32], &[], 1);
    refused(&mut lane, &[], &[], 0);
    refused(&mut lane, &[1], &[], 2);
    refused(&mut lane, &[1], &[push(2, 0, 1)], 1);
    refused(&mut lane, &[1], &[Push { layer: 0, vector: vec![0.0; 3], from: 0 }], 1);
    refused(&mut lane, &[1], &[Push { layer: 0, vector: vec![f32::NAN; WIDTH], from: 0 }], 1);
    refused(&mut other.lane(), &[1], &[], 1);
}

#[test]
fn stretched_frequencies_are_the_same_as_stretched_positions() {
    let with = |divisor: Option<f32>, factor: Option<f32>| {
        let mut tiny = Tiny::new("llama", 2);
        if let Some(divisor) = divisor {
            let divisors = Tensor::full(divisor, HEAD / 2, &Device::Cpu).unwrap();
            tiny.tensors.insert("rope_freqs.weight".into(), divisors);
        }
        if let Some(factor) = factor {
            tiny.set("llama.rope.scaling.type", Value::String("linear".into()));
            tiny.set("llama.rope.scaling.factor", Value::F32(factor));
        }
        all(&tiny.open(), &ids(12, 1), &[])
    };
    let plain = with(None, None);
    assert_eq!(with(Some(1.0), None), plain);
    assert!(worst(&with(Some(4.0), None), &with(None, Some(4.0))) < ROUNDING);
    assert!(worst(&with(Some(4.0), None), &plain) > 0.01);
}

#[test]
fn blocks_without_a_fast_kernel_are_held_in_eight_bits_and_say_almost_the_same() {
    for kind in [GgmlDType::Q5_1, GgmlDType::F16, GgmlDType::BF16] {
        let mut tiny = Tiny::new("llama", 2);
        tiny.kind = kind;
        let decoder = tiny.open();
        // The reference: the same rounded weights as plain numbers.
        let mut rounded = Tiny::new("llama", 2);
        for tensor in rounded.tensors.values_mut().filter(|t| t.rank() == 2) {
            let stored = candle_core::quantized::QTensor::quantize(tensor, kind).unwrap();
            *tensor = stored.dequantize(&Device::Cpu).unwrap();
        }
        let apart = worst(&all(&decoder, &ids(9, 1), &[]), &all(&rounded.open(), &ids(9, 1), &[]));
        assert!(apart < 0.15, "{kind:?}: {apart}");
        assert_eq!(decoder.info().quantization, format!("{kind:?}"));
    }
}
