//! The cache of replies: what is in it, emptied by hand, and what was wrong with it.

use tau_runs::RunRow;

use super::Product;
use crate::types::ReplyCacheSize;
use crate::{ApiError, ErrorCode};

impl Product {
    /// How much is in the cache of replies.
    pub async fn reply_cache_size(&self) -> Result<ReplyCacheSize, ApiError> {
        let size = self.replies.size().await;
        Ok(ReplyCacheSize {
            replies: u32::try_from(size.replies).unwrap_or(u32::MAX),
            bytes: size.bytes as f64,
        })
    }

    /// Forgets all replies in the cache. Runs keep their conversations.
    pub async fn empty_reply_cache(&self) -> Result<ReplyCacheSize, ApiError> {
        self.replies.empty().await.map_err(|error| {
            ApiError::new(
                ErrorCode::Storage,
                "The reply cache could not be emptied. Close other programs that use it, then try again.",
            )
            .detail(error)
            .retryable()
        })?;
        self.reply_cache_size().await
    }

    /// What a reader of a run should know of the cache that it could not use.
    pub(crate) async fn cache_trouble(&self, row: &RunRow) -> Result<Option<String>, ApiError> {
        let cache = self.runs.progress_of(row).await?.cache;
        Ok(cache.map(|cache| cache.trouble).filter(|trouble| !trouble.is_empty()))
    }
}
