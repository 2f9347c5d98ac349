//! Reading lines with a model: what its residual stream holds meanwhile, and how likely it finds them.
//!
//! Steering begins at the last token of the prompt, so all before it is read once and kept: each
//! further reading of a line, at whatever strength, costs the line alone. Lines are read several at a
//! time, and between two such batches the model serves conversations that want it.

use std::sync::Arc;

use tau_decoder::{
    Capture, Captured, Decoder, DecoderError, Engine, Feed, Lane, Push, Text, log_probability,
};
use tokio::runtime::Handle;

use super::LocalError;
use super::extract::PairMeans;
use super::frame::FRAME;
use crate::Pair;

/// Lines that are read together. More would hold more logits in memory for little gain.
const BATCH: usize = 12;

/// A line's tokens.
pub(crate) type Reply = Arc<[u32]>;

/// A vector, and the layer after which it is added.
#[derive(Clone, Debug)]
pub(crate) struct Along {
    pub layer: usize,
    pub vector: Arc<[f32]>,
}

/// The frame around one line, up to where the line begins.
pub(crate) struct Prompt {
    /// Has read all of it but the last token.
    lane: Lane,
    last: u32,
}

/// A reply to be read, and what is added meanwhile.
type Asked = (Reply, Option<Along>);

/// What is done with a batch of prompts and their replies.
type Work<T> = fn(&Decoder, &mut [Prompt], &[Asked]) -> Result<Vec<T>, DecoderError>;

/// An engine, asked from a thread that may wait.
#[derive(Clone)]
pub(crate) struct Reader {
    engine: Arc<Engine>,
    runtime: Handle,
}

impl Reader {
    /// Must be made where a runtime is known, and used where blocking is allowed.
    pub fn new(engine: Arc<Engine>) -> Self {
        Reader { engine, runtime: Handle::current() }
    }

    fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Decoder, &Text) -> Result<T, DecoderError> + Send + 'static,
    ) -> Result<T, LocalError> {
        Ok(self.runtime.block_on(self.engine.call(work))??)
    }

    /// The frame with each of these messages of the agent.
    pub fn prompts(&self, agents: &[&str]) -> Result<Vec<Prompt>, LocalError> {
        let mut prompts = Vec::with_capacity(agents.len());
        for batch in agents.chunks(BATCH) {
            let heads = batch
                .iter()
                .map(|agent| self.engine.text().chat(&[("system", FRAME), ("user", agent)], true))
                .collect::<Result<Vec<_>, _>>()?;
            prompts.extend(self.run(move |decoder, _| begun(decoder, heads))?);
        }
        Ok(prompts)
    }

    /// A line as tokens; never none.
    pub fn reply(&self, trait_id: &str, line: &str) -> Result<Reply, LocalError> {
        let tokens = self.engine.text().encode(line)?;
        if tokens.is_empty() {
            return Err(LocalError::UnusableLine {
                trait_id: trait_id.to_owned(),
                line: line.to_owned(),
                reason: "it has no text".to_owned(),
            });
        }
        Ok(tokens.into())
    }

    /// For each reply the mean residual after each layer over its tokens, unsteered.
    pub fn means(
        &self,
        prompts: &mut Vec<Prompt>,
        replies: &[Reply],
    ) -> Result<Vec<Captured>, LocalError> {
        self.in_batches(prompts, replies, |_| None, means)
    }

    /// For each reply its log likelihood in nats, over all its tokens, under the vector that `along`
    /// gives for its place.
    pub fn log_likelihoods(
        &self,
        prompts: &mut Vec<Prompt>,
        replies: &[Reply],
        along: impl Fn(usize) -> Option<Along>,
    ) -> Result<Vec<f64>, LocalError> {
        self.in_batches(prompts, replies, along, likelihoods)
    }

    /// Hands prompts and replies to the model, a batch at a time, and takes the prompts back.
    fn in_batches<T: Send + 'static>(
        &self,
        prompts: &mut Vec<Prompt>,
        replies: &[Reply],
        along: impl Fn(usize) -> Option<Along>,
        work: Work<T>,
    ) -> Result<Vec<T>, LocalError> {
        let mut results = Vec::with_capacity(replies.len());
        let mut waiting = std::mem::take(prompts);
        while !waiting.is_empty() {
            let at = results.len();
            let mut batch: Vec<Prompt> = waiting.drain(..waiting.len().min(BATCH)).collect();
            let asked: Vec<Asked> = (at..at + batch.len())
                .filter_map(|at| Some((replies.get(at)?.clone(), along(at))))
                .collect();
            let (batch, found) = self.run(move |decoder, _| {
                let found = work(decoder, &mut batch, &asked)?;
                Ok((batch, found))
            })?;
            results.extend(found);
            prompts.extend(batch);
        }
        Ok(results)
    }
}

/// Lanes that have read all of each head but its last token.
fn begun(decoder: &Decoder, heads: Vec<Vec<u32>>) -> Result<Vec<Prompt>, DecoderError> {
    let mut prompts = Vec::with_capacity(heads.len());
    for head in &heads {
        let last = head.last().copied().unwrap_or_default();
        prompts.push(Prompt { lane: decoder.lane(), last });
    }
    let mut feeds: Vec<Feed<'_>> = prompts
        .iter_mut()
        .zip(&heads)
        .filter(|(_, head)| head.len() > 1)
        .map(|(prompt, head)| Feed {
            lane: &mut prompt.lane,
            tokens: &head[..head.len() - 1],
            push: &[],
            keep: 0,
            capture: Capture::None,
        })
        .collect();
    decoder.forward(&mut feeds)?;
    Ok(prompts)
}

fn means(
    decoder: &Decoder,
    prompts: &mut [Prompt],
    asked: &[Asked],
) -> Result<Vec<Captured>, DecoderError> {
    let texts = continued(prompts, asked);
    let feeds = prompts.iter_mut().zip(&texts).map(|(prompt, text)| {
        // The prompt's last token is read with the line and does not count.
        let capture = Capture::Mean { from: prompt.lane.len() + 1 };
        Feed { lane: &mut prompt.lane, tokens: text, push: &[], keep: 0, capture }
    });
    let fed = decoder.forward(&mut feeds.collect::<Vec<_>>())?;
    put_back(prompts, &texts);
    Ok(fed.into_iter().map(|fed| fed.hidden.unwrap_or_default()).collect())
}

fn likelihoods(
    decoder: &Decoder,
    prompts: &mut [Prompt],
    asked: &[Asked],
) -> Result<Vec<f64>, DecoderError> {
    let mut texts = continued(prompts, asked);
    // Nothing is predicted from the last token of a line.
    texts.iter_mut().for_each(|text| text.truncate(text.len() - 1));
    let pushes: Vec<Vec<Push>> = prompts
        .iter()
        .zip(asked)
        .map(|(prompt, (_, along))| {
            let push = |along: &Along| Push {
                layer: along.layer,
                vector: along.vector.to_vec(),
                from: prompt.lane.len(),
            };
            along.iter().map(push).collect()
        })
        .collect();
    let feeds = prompts.iter_mut().zip(&texts).zip(&pushes).map(|((prompt, text), push)| Feed {
        lane: &mut prompt.lane,
        tokens: text,
        push,
        keep: text.len(),
        capture: Capture::None,
    });
    let fed = decoder.forward(&mut feeds.collect::<Vec<_>>())?;
    put_back(prompts, &texts);
    fed.iter()
        .zip(asked)
        .map(|(fed, (reply, _))| {
            fed.logits
                .iter()
                .zip(reply.iter())
                .map(|(logits, id)| log_probability(logits, *id))
                .sum()
        })
        .collect()
}

/// The prompt's last token with the reply behind it.
fn continued(prompts: &[Prompt], asked: &[Asked]) -> Vec<Vec<u32>> {
    let whole = |(prompt, (reply, _)): (&Prompt, &Asked)| {
        std::iter::once(prompt.last).chain(reply.iter().copied()).collect()
    };
    prompts.iter().zip(asked).map(whole).collect()
}

/// Makes prompts forget what was read after them.
fn put_back(prompts: &mut [Prompt], texts: &[Vec<u32>]) {
    for (prompt, text) in prompts.iter_mut().zip(texts) {
        let begun = prompt.lane.len().saturating_sub(text.len());
        prompt.lane.truncate(begun);
    }
}

/// Pairs of lines, ready to be measured again and again.
pub(crate) struct PairLines {
    prompts: Vec<Prompt>,
    more: Vec<Reply>,
    less: Vec<Reply>,
    /// For each pair, which of several directions it is measured with.
    directions: Vec<usize>,
}

impl PairLines {
    /// Each pair with the number of the direction that it is measured with.
    pub fn new(
        reader: &Reader,
        trait_id: &str,
        pairs: &[(&Pair, usize)],
    ) -> Result<Self, LocalError> {
        let agents: Vec<&str> = pairs.iter().map(|(pair, _)| pair.agent.as_str()).collect();
        let replies = |line: fn(&Pair) -> &String| -> Result<Vec<Reply>, LocalError> {
            pairs.iter().map(|(pair, _)| reader.reply(trait_id, line(pair))).collect()
        };
        Ok(PairLines {
            more: replies(|pair| &pair.more)?,
            less: replies(|pair| &pair.less)?,
            prompts: reader.prompts(&agents)?,
            directions: pairs.iter().map(|(_, direction)| *direction).collect(),
        })
    }

    /// For each pair, log p a token of the line with much of the trait less that of the other, under
    /// the pair's vector; none at all without vectors.
    pub fn contrasts(&mut self, reader: &Reader, along: &[Along]) -> Result<Vec<f64>, LocalError> {
        let of = |at: usize| along.get(self.directions[at]).cloned();
        let more = reader.log_likelihoods(&mut self.prompts, &self.more, of)?;
        let less = reader.log_likelihoods(&mut self.prompts, &self.less, of)?;
        let a_token = |sum: f64, line: &Reply| sum / line.len() as f64;
        Ok((0..more.len())
            .map(|at| a_token(more[at], &self.more[at]) - a_token(less[at], &self.less[at]))
            .collect())
    }

    /// What the model holds of both lines of each pair.
    pub fn means(mut self, reader: &Reader) -> Result<Vec<PairMeans>, LocalError> {
        let of = |read: Captured| read.layers.into_iter().map(|layer| layer.mean).collect();
        let more = reader.means(&mut self.prompts, &self.more)?;
        let less = reader.means(&mut self.prompts, &self.less)?;
        let both = more.into_iter().zip(less);
        Ok(both.map(|(more, less)| PairMeans { more: of(more), less: of(less) }).collect())
    }
}

/// Neutral lines, ready to be measured again and again.
pub(crate) struct NeutralLines {
    prompts: Vec<Prompt>,
    lines: Vec<Reply>,
}

impl NeutralLines {
    pub fn new(reader: &Reader, lines: &[(&str, &str)]) -> Result<Self, LocalError> {
        let agents: Vec<&str> = lines.iter().map(|(agent, _)| *agent).collect();
        let replies = lines.iter().map(|(_, line)| reader.reply("neutral", line));
        Ok(NeutralLines {
            lines: replies.collect::<Result<_, _>>()?,
            prompts: reader.prompts(&agents)?,
        })
    }

    /// Negative log likelihood in nats a token, over all lines together.
    pub fn surprise(&mut self, reader: &Reader, along: Option<&Along>) -> Result<f64, LocalError> {
        let found = reader.log_likelihoods(&mut self.prompts, &self.lines, |_| along.cloned())?;
        let tokens: usize = self.lines.iter().map(|line| line.len()).sum();
        Ok(-found.iter().sum::<f64>() / tokens.max(1) as f64)
    }

    /// For each layer the mean norm of the residual stream over all tokens.
    pub fn residual_norm(&mut self, reader: &Reader) -> Result<Vec<f32>, LocalError> {
        let read = reader.means(&mut self.prompts, &self.lines)?;
        let all = read.into_iter().fold(Captured::default(), Captured::joined);
        Ok(all.layers.into_iter().map(|layer| layer.norm).collect())
    }
}
