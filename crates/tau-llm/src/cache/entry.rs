//! How a reply is kept: a checksum over its key and itself, then the reply as JSON. An entry that was cut,
//! changed, or belongs to another question is none.

use sha2::{Digest, Sha256};

use super::ReplyKey;
use crate::ChatReply;

/// Length of the checksum (SHA-256).
const SUM: usize = 32;

/// The entry of a reply; `None` when it cannot be written.
pub(super) fn write(key: &ReplyKey, reply: &ChatReply) -> Option<Vec<u8>> {
    let json = serde_json::to_vec(reply).ok()?;
    let mut entry = sum(key, &json).to_vec();
    entry.extend_from_slice(&json);
    Some(entry)
}

/// The reply of an entry, as one that was not asked for: marked, and free. Its tokens are those that it
/// once took.
pub(super) fn read(key: &ReplyKey, entry: &[u8]) -> Option<ChatReply> {
    let (checksum, json) = entry.split_at_checked(SUM)?;
    if checksum != sum(key, json) {
        return None;
    }
    let mut reply: ChatReply = serde_json::from_slice(json).ok()?;
    reply.message.cached = true;
    reply.cost_usd = Some(0.0);
    reply.attempts = 0;
    Some(reply)
}

fn sum(key: &ReplyKey, json: &[u8]) -> [u8; SUM] {
    let mut hasher = Sha256::new();
    hasher.update(key.bytes());
    hasher.update(json);
    hasher.finalize().into()
}
