//! Open-weight language models on this computer: a decoder for GGUF files with a hook on the
//! residual stream. It knows nothing of traits.
