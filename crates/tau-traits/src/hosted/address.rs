//! Addresses of a steer service.

/// Which of the two calls plays the customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SteerForm {
    /// One customer a call (`steer_bare`): tau-trait's.
    Bare,
    /// A list of customers a call (`steer_batch`): the SDK's, from its version 1.0 on.
    Batch,
}

/// Where a steer service is asked, and which of its calls plays the customer.
///
/// tau-trait takes the whole address of the call (`--endpoint https://.../steer_bare`; the package
/// 0.1.1 has one that ends in `/steer_tau`), the SDK a base address, of which it then calls
/// `steer_batch`. So an address whose last part begins with `steer` is taken as a whole, and anything
/// else as a base, which is asked in batches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SteerAddress {
    /// The call that plays the customer.
    pub say: String,
    /// The call that lists the traits.
    pub traits: String,
    /// Which call the first is.
    pub form: SteerForm,
}

impl SteerAddress {
    /// Reads an address. Whether it is a web address at all shows when it is called. A query is kept
    /// (the SDK drops it; a proxy in front of the service may want its token), a fragment is not.
    pub fn read(address: &str) -> Self {
        let address = address.trim();
        let address = address.split_once('#').map_or(address, |(before, _)| before);
        let (path, query) = match address.split_once('?') {
            Some((path, query)) => (path, format!("?{query}")),
            None => (address, String::new()),
        };
        let path = path.trim_end_matches('/');
        let host = path.find("://").map_or(0, |at| at + 3);
        let (folder, last) = match path[host..].rfind('/') {
            Some(at) => (&path[..host + at], &path[host + at + 1..]),
            None => (path, ""),
        };
        let (say, base, form) = match last {
            "steer_batch" => (path.to_owned(), folder, SteerForm::Batch),
            "traits" => (format!("{folder}/steer_batch"), folder, SteerForm::Batch),
            whole if whole.starts_with("steer") => (path.to_owned(), folder, SteerForm::Bare),
            _ => (format!("{path}/steer_batch"), path, SteerForm::Batch),
        };
        SteerAddress { say: format!("{say}{query}"), traits: format!("{base}/traits{query}"), form }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_base_or_the_call_itself() {
        let host = "https://steer.example.org";
        for (written, call, form) in [
            ("https://steer.example.org", "/steer_batch", SteerForm::Batch),
            ("https://steer.example.org/", "/steer_batch", SteerForm::Batch),
            ("https://steer.example.org/#top", "/steer_batch", SteerForm::Batch),
            ("https://steer.example.org/steer_batch", "/steer_batch", SteerForm::Batch),
            ("https://steer.example.org/traits", "/steer_batch", SteerForm::Batch),
            ("  https://steer.example.org/steer_bare/ ", "/steer_bare", SteerForm::Bare),
            ("https://steer.example.org/steer_tau", "/steer_tau", SteerForm::Bare),
            ("https://steer.example.org/steer", "/steer", SteerForm::Bare),
        ] {
            let read = SteerAddress::read(written);
            assert_eq!((read.say, read.form), (format!("{host}{call}"), form), "{written}");
            assert_eq!(read.traits, format!("{host}/traits"), "{written}");
        }
    }

    #[test]
    fn a_path_and_a_query_stay_with_every_call() {
        let below = SteerAddress::read("https://example.org/demo?token=abc#part");
        assert_eq!(below.say, "https://example.org/demo/steer_batch?token=abc");
        assert_eq!(below.traits, "https://example.org/demo/traits?token=abc");
        let whole = SteerAddress::read("http://127.0.0.1:9/demo/steer_bare?token=abc");
        assert_eq!(whole.say, "http://127.0.0.1:9/demo/steer_bare?token=abc");
        assert_eq!(whole.traits, "http://127.0.0.1:9/demo/traits?token=abc");
        assert_eq!(whole.form, SteerForm::Bare);
    }

    #[test]
    fn what_is_no_address_does_no_harm() {
        for odd in ["", "?", "/", "://", "ä/é", "steer"] {
            let read = SteerAddress::read(odd);
            assert!(!read.say.is_empty() && read.traits.contains("traits"), "{odd:?}");
        }
    }
}
