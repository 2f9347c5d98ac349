// owner: files
//! Result files of the benchmarks, opened as runs.

use super::Product;
use crate::types::OpenedResults;
use crate::{ApiError, ErrorCode};

impl Product {
    /// Opens result files as runs.
    pub async fn open_results(&self, paths: Vec<String>) -> Result<OpenedResults, ApiError> {
        let _ = paths;
        Err(ApiError::new(ErrorCode::Internal, "not yet"))
    }
}
