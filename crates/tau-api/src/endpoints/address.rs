//! Which addresses may be asked.

use std::net::IpAddr;

use reqwest::Url;

use crate::{ApiError, ErrorCode};

/// The address without a trailing slash, when it is one that may be asked.
///
/// Plain `http` carries the key in the clear, so it is allowed only towards this computer and
/// private networks; link-local addresses (where clouds keep their secrets) are refused.
pub fn checked_address(address: &str) -> Result<String, ApiError> {
    let refuse = |message: &str| Err(ApiError::new(ErrorCode::BadRequest, message));
    if let Some((_, blank)) = address.split_once('{') {
        let blank = blank.split('}').next().unwrap_or_default();
        return refuse(&format!("Put your own {blank} in the place of {{{blank}}}."));
    }
    let Ok(url) = Url::parse(address) else {
        return refuse(
            "The address must look like https://example.org/v1 or http://localhost:11434/v1.",
        );
    };
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
        return refuse("The address must begin with https:// (or http:// for this computer).");
    }
    let secret = |name: &str| matches!(name, "key" | "api_key" | "api-key" | "token");
    if !url.username().is_empty()
        || url.password().is_some()
        || url.query_pairs().any(|(name, _)| secret(&name.to_lowercase()))
    {
        return refuse(
            "Leave user names and keys out of the address; the key has a field of its own.",
        );
    }
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    let ip: Option<IpAddr> = host.parse().ok();
    if ip.is_some_and(is_link_local) {
        return refuse(
            "This address belongs to the machine's own network equipment and is not asked.",
        );
    }
    let near = host == "localhost" || host.ends_with(".localhost") || ip.is_some_and(is_near);
    if url.scheme() == "http" && !near {
        return refuse(
            "Use https:// so that the key cannot be read on the way. http:// is for this computer and private networks.",
        );
    }
    Ok(address.trim_end_matches('/').to_owned())
}

fn is_link_local(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => ip.is_link_local(),
        IpAddr::V6(ip) => {
            (ip.segments()[0] & 0xffc0) == 0xfe80 || ip.segments()[..2] == [0xfd00, 0x0ec2]
        }
    }
}

fn is_near(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => ip.is_loopback() || ip.is_private(),
        IpAddr::V6(ip) => ip.is_loopback() || (ip.segments()[0] & 0xfe00) == 0xfc00,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_would_leak_a_key_are_refused() {
        for refused in [
            "api.example.org",
            "ftp://example.org",
            "http://example.org/v1",
            "https://user:secret@example.org",
            "http://169.254.169.254/latest",
            "http://[fe80::1]/v1",
            "javascript:alert(1)",
            "https://example.org/v1?key=secret",
            "https://{resource}.openai.azure.com/openai/v1",
            "https://eu-aiplatform.googleapis.com/v1/projects/{project}/locations/eu",
        ] {
            assert!(checked_address(refused).is_err(), "{refused}");
        }
        for allowed in [
            "https://example.org/v1",
            "https://acme.openai.azure.com/?api-version=2024-10-21",
            "http://localhost:11434/v1",
            "http://127.0.0.1:8000",
            "http://192.168.1.5:8000/v1",
            "http://[::1]:8000/v1",
        ] {
            assert!(checked_address(allowed).is_ok(), "{allowed}");
        }
    }
}
