//! The test server over its own door.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

/// The server, ended with the test.
struct Server {
    process: Child,
    address: String,
}

impl Server {
    fn start(data: &std::path::Path) -> Server {
        let mut process = Command::new(env!("CARGO_BIN_EXE_tau-devserver"))
            .env("TAUTRAIT_DATA_DIR", data)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let mut line = String::new();
        let output = process.stdout.take().expect("its output");
        BufReader::new(output).read_line(&mut line).expect("its address");
        let address = line.trim().trim_start_matches("http://").to_owned();
        Server { process, address }
    }

    fn ask(&self, command: &str, arguments: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).expect("a connection");
        write!(
            stream,
            "POST /call/{command} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{arguments}",
            arguments.len()
        )
        .expect("the question");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("the answer");
        answer
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
fn commands_are_answered_on_loopback_and_errors_keep_their_shape() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Server::start(data.path());
    assert!(server.address.starts_with("127.0.0.1:"), "{}", server.address);
    let domains = server.ask("list_domains", "{}");
    assert!(domains.starts_with("HTTP/1.1 200") && domains.contains("\"retail\""), "{domains}");
    let gone = server.ask("get_run", r#"{"id":"nonsense"}"#);
    assert!(gone.starts_with("HTTP/1.1 404") && gone.contains("\"not_found\""), "{gone}");
}
