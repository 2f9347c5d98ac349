//! The engine's thread: taking orders, letting jobs in, and stepping them.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError};

use tokio::sync::oneshot;

use super::shelf::Shelf;
use super::{Finish, Generated, Job, Order};
use crate::decoder::PIECE;
use crate::{Capture, Captured, Decoder, DecoderError, Feed, Lane, Push, Sampler, Text};

type Answer = oneshot::Sender<Result<Generated, DecoderError>>;

/// What the engine may use.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    pub lanes: usize,
    pub bytes: usize,
}

/// The state of the thread.
pub(super) struct Work {
    decoder: Decoder,
    text: Arc<Text>,
    limits: Limits,
    inbox: Receiver<Order>,
    waiting: VecDeque<Waiting>,
    running: Vec<Running>,
    shelf: Shelf,
}

/// A job whose prompt is known.
struct Waiting {
    job: Box<Job>,
    answer: Answer,
    prompt: Vec<u32>,
    /// Positions that prompt and reply may take.
    positions: usize,
}

/// A job that has a lane.
struct Running {
    job: Box<Job>,
    answer: Answer,
    prompt: Vec<u32>,
    positions: usize,
    kept: usize,
    lane: Lane,
    push: Vec<Push>,
    sampler: Sampler,
    reply: Vec<u32>,
    text: String,
    /// Bytes of a character that is not complete.
    pending: Vec<u8>,
    hidden: Captured,
}

impl Work {
    pub fn new(decoder: Decoder, text: Arc<Text>, limits: Limits, inbox: Receiver<Order>) -> Work {
        Work {
            decoder,
            text,
            limits,
            inbox,
            waiting: VecDeque::new(),
            running: Vec::new(),
            shelf: Shelf::default(),
        }
    }

    /// Works until the last handle is gone.
    pub fn run(&mut self) {
        while self.orders() {
            self.forget_cancelled();
            self.let_in();
            if !self.running.is_empty() {
                self.step();
            }
        }
    }

    /// Takes what has arrived, and waits for something when there is nothing to do. False when
    /// nobody is left.
    fn orders(&mut self) -> bool {
        if self.waiting.is_empty() && self.running.is_empty() {
            match self.inbox.recv() {
                Ok(order) => self.order(order),
                Err(_) => return false,
            }
        }
        loop {
            match self.inbox.try_recv() {
                Ok(order) => self.order(order),
                Err(TryRecvError::Empty) => return true,
                // Callers hold a handle while they wait, so nobody waits for these either.
                Err(TryRecvError::Disconnected) => return false,
            }
        }
    }

    fn order(&mut self, order: Order) {
        match order {
            // The decoder does not change, so a call that panics spoils nothing but itself; its
            // caller hears that no answer came.
            Order::Call(call) => {
                let _ = catch_unwind(AssertUnwindSafe(|| call(&self.decoder, &self.text)));
            }
            #[cfg(test)]
            Order::Break => panic!("broken on purpose"),
            Order::Write(job, answer) => match self.prepared(&job) {
                Ok((prompt, positions)) => {
                    self.waiting.push_back(Waiting { job, answer, prompt, positions });
                }
                Err(e) => {
                    let _ = answer.send(Err(e));
                }
            },
        }
    }

    /// The prompt's tokens and the positions the job may take; the job's faults are found here.
    fn prepared(&self, job: &Job) -> Result<(Vec<u32>, usize), DecoderError> {
        let messages: Vec<(&str, &str)> =
            job.messages.iter().map(|(r, c)| (r.as_str(), c.as_str())).collect();
        let prompt = self.text.chat(&messages, true)?;
        let info = self.decoder.info();
        if prompt.is_empty() || job.max_tokens == 0 {
            return Err(DecoderError::Misfit("an empty prompt, or a reply of no tokens".into()));
        }
        if prompt.len() >= info.context {
            return Err(DecoderError::Context { asked: prompt.len() + 1, limit: info.context });
        }
        for (layer, vector) in &job.push {
            self.decoder.check_push(*layer, vector)?;
        }
        let positions = prompt.len().saturating_add(job.max_tokens).min(info.context);
        Ok((prompt, positions))
    }

    /// Drops jobs whose callers have gone.
    fn forget_cancelled(&mut self) {
        self.waiting.retain(|w| !w.answer.is_closed());
        let (gone, going) =
            std::mem::take(&mut self.running).into_iter().partition(|r| r.answer.is_closed());
        self.running = going;
        for job in gone {
            self.rest(job);
        }
    }

    /// Lets jobs in, first come first served, as lanes and memory allow.
    fn let_in(&mut self) {
        while self.running.len() < self.limits.lanes {
            let Some(next) = self.waiting.front() else { return };
            let per_position = self.decoder.info().bytes_per_position;
            let busy: usize = self.running.iter().map(|r| r.positions * per_position).sum();
            let needed = busy + next.positions * per_position;
            if needed > self.limits.bytes && !self.running.is_empty() {
                return;
            }
            let Some(next) = self.waiting.pop_front() else { return };
            let lane = match self.shelf.take(&next.prompt) {
                Ok(lane) => lane.unwrap_or_else(|| self.decoder.lane()),
                Err(e) => {
                    let _ = next.answer.send(Err(e));
                    continue;
                }
            };
            self.shelf.shrink(self.limits.bytes.saturating_sub(needed));
            self.running.push(Running::new(next, lane));
        }
    }

    /// One pass: the next token of every reply, and a piece of the first unread prompt.
    fn step(&mut self) {
        let mut reading = true;
        let mut feeds = Vec::new();
        let mut fed = Vec::new();
        for (place, job) in self.running.iter_mut().enumerate() {
            let unread = job.prompt.len().saturating_sub(job.lane.len());
            if unread > 0 && !std::mem::take(&mut reading) {
                continue;
            }
            feeds.push(job.feed());
            fed.push(place);
        }
        let results = match self.decoder.forward(&mut feeds) {
            Ok(results) => results,
            Err(e) => {
                // Which of them it was cannot be told, and their lanes are half written.
                for job in std::mem::take(&mut self.running) {
                    let _ = job.answer.send(Err(e.clone()));
                }
                return;
            }
        };
        drop(feeds);
        let mut done = Vec::new();
        for (place, result) in fed.into_iter().zip(results) {
            let job = &mut self.running[place];
            if let Some(hidden) = result.hidden {
                job.hidden = std::mem::take(&mut job.hidden).joined(hidden);
            }
            if let Some(logits) = result.logits.last()
                && let Some(finish) = job.draw(logits, &self.text)
            {
                done.push((place, finish));
            }
        }
        // From the back, so that the places before stay true.
        for (place, finish) in done.into_iter().rev() {
            let mut job = self.running.remove(place);
            let generated = job.generated(finish);
            let answer = std::mem::replace(&mut job.answer, oneshot::channel().0);
            self.rest(job);
            let _ = answer.send(Ok(generated));
        }
    }

    /// Keeps what a finished or abandoned job's lane has read without a push.
    fn rest(&mut self, job: Running) {
        let mut read = job.prompt;
        read.extend_from_slice(&job.reply);
        let clean = job.push.iter().map(|p| p.from).min().unwrap_or(read.len());
        read.truncate(clean.min(job.lane.len()));
        self.shelf.put(job.lane, read);
        let per_position = self.decoder.info().bytes_per_position;
        let busy: usize = self.running.iter().map(|r| r.positions * per_position).sum();
        self.shelf.shrink(self.limits.bytes.saturating_sub(busy));
    }
}

impl Running {
    fn new(next: Waiting, lane: Lane) -> Running {
        let from = next.prompt.len() - 1;
        let push = next.job.push.iter();
        Running {
            push: push.map(|(layer, v)| Push { layer: *layer, vector: v.clone(), from }).collect(),
            sampler: Sampler::new(next.job.sampling),
            kept: lane.len(),
            lane,
            job: next.job,
            answer: next.answer,
            prompt: next.prompt,
            positions: next.positions,
            reply: Vec::new(),
            text: String::new(),
            pending: Vec::new(),
            hidden: Captured::default(),
        }
    }

    /// The next tokens to read: a piece of the prompt, or the reply's last token.
    fn feed(&mut self) -> Feed<'_> {
        let at = self.lane.len();
        let tokens = match self.prompt.get(at..).filter(|rest| !rest.is_empty()) {
            Some(rest) => &rest[..rest.len().min(PIECE - at % PIECE)],
            None => &self.reply[self.reply.len().saturating_sub(1)..],
        };
        let ends_prompt = at + tokens.len() >= self.prompt.len();
        let capture = match self.job.capture && at >= self.prompt.len() {
            true => Capture::Mean { from: self.prompt.len() },
            false => Capture::None,
        };
        Feed {
            lane: &mut self.lane,
            tokens,
            push: &self.push,
            keep: usize::from(ends_prompt),
            capture,
        }
    }

    /// Draws the next token; why the reply ends with it, if it does.
    fn draw(&mut self, logits: &[f32], text: &Text) -> Option<Finish> {
        let id = self.sampler.draw(logits, &self.reply);
        if text.is_end(id) {
            return Some(Finish::End);
        }
        self.reply.push(id);
        let searched = self.text.len();
        self.text.push_str(&text.take(id, &mut self.pending));
        if let Some(at) = self.stopped_at(searched) {
            self.text.truncate(at);
            self.pending.clear();
            return Some(Finish::Stop);
        }
        (self.prompt.len() + self.reply.len() >= self.positions).then_some(Finish::Length)
    }

    /// Where the first stop text begins. What was `searched` before held none.
    fn stopped_at(&self, searched: usize) -> Option<usize> {
        let stops = self.job.stop.iter().filter(|s| !s.is_empty());
        stops
            .filter_map(|stop| {
                let mut from = searched.saturating_sub(stop.len());
                while !self.text.is_char_boundary(from) {
                    from -= 1;
                }
                self.text[from..].find(stop.as_str()).map(|at| from + at)
            })
            .min()
    }

    fn generated(&mut self, finish: Finish) -> Generated {
        let mut text = std::mem::take(&mut self.text);
        text.push_str(&String::from_utf8_lossy(&std::mem::take(&mut self.pending)));
        Generated {
            text,
            tokens: self.reply.clone(),
            prompt_tokens: self.prompt.len(),
            prompt_kept: self.kept,
            finish,
            hidden: self.job.capture.then(|| std::mem::take(&mut self.hidden)),
        }
    }
}
