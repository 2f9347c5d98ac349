//! As much of a Redis server as a cache needs, on loopback.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// What the server holds and how it behaves.
#[derive(Default)]
pub struct FakeRedis {
    pub values: Mutex<HashMap<Vec<u8>, Vec<u8>>>,
    /// All commands but those that greet.
    pub commands: Mutex<Vec<Vec<String>>>,
    pub connections: AtomicU32,
    /// Every connection ends instead of its next answer.
    pub hangs_up: AtomicBool,
    /// How often that happens before it stops.
    pub hang_ups: AtomicU32,
    /// The next value is cut in half and the connection ends.
    pub cuts: AtomicBool,
    password: Option<&'static str>,
}

impl FakeRedis {
    /// A server and its port.
    pub async fn start(password: Option<&'static str>) -> (Arc<FakeRedis>, u16) {
        let server = Arc::new(FakeRedis { password, ..FakeRedis::default() });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let accepting = server.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                accepting.connections.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(accepting.clone().serve(stream));
            }
        });
        (server, port)
    }

    /// Ends the next `times` connections that ask something.
    pub fn hang_up(&self, times: u32) {
        self.hang_ups.store(times, Ordering::SeqCst);
    }

    async fn serve(self: Arc<Self>, stream: TcpStream) {
        let mut stream = BufReader::new(stream);
        let mut welcome = self.password.is_none();
        while let Some(command) = read(&mut stream).await {
            let words: Vec<String> =
                command.iter().map(|word| String::from_utf8_lossy(word).into_owned()).collect();
            let name = words[0].to_uppercase();
            let asks = name == "GET" || name == "SET";
            let left = self.hang_ups.load(Ordering::SeqCst);
            if asks && (self.hangs_up.load(Ordering::SeqCst) || left > 0) {
                self.hang_ups.store(left.saturating_sub(1), Ordering::SeqCst);
                return;
            }
            let answer: Vec<u8> = match name.as_str() {
                "AUTH" if words.last().map(String::as_str) == self.password => {
                    welcome = true;
                    b"+OK\r\n".to_vec()
                }
                "AUTH" => b"-WRONGPASS invalid username-password pair\r\n".to_vec(),
                "CLIENT" | "SELECT" if welcome => b"+OK\r\n".to_vec(),
                _ if !welcome => b"-NOAUTH Authentication required.\r\n".to_vec(),
                "GET" => match self.values.lock().unwrap().get(&command[1]) {
                    None => b"$-1\r\n".to_vec(),
                    Some(value) => {
                        let mut answer = format!("${}\r\n", value.len()).into_bytes();
                        answer.extend_from_slice(value);
                        answer.extend_from_slice(b"\r\n");
                        answer
                    }
                },
                "SET" => {
                    self.values.lock().unwrap().insert(command[1].clone(), command[2].clone());
                    b"+OK\r\n".to_vec()
                }
                _ => b"-ERR unknown command\r\n".to_vec(),
            };
            if asks {
                self.commands.lock().unwrap().push(words);
            }
            if asks && self.cuts.swap(false, Ordering::SeqCst) {
                let _ = stream.write_all(&answer[..answer.len() / 2]).await;
                return;
            }
            if stream.write_all(&answer).await.is_err() {
                return;
            }
        }
    }
}

/// A command: an array of strings.
async fn read(stream: &mut BufReader<TcpStream>) -> Option<Vec<Vec<u8>>> {
    let mut words = Vec::new();
    for _ in 0..number(stream).await? {
        let length = number(stream).await?;
        let mut word = vec![0; length + 2];
        stream.read_exact(&mut word).await.ok()?;
        word.truncate(length);
        words.push(word);
    }
    Some(words)
}

/// `*3` or `$5`.
async fn number(stream: &mut BufReader<TcpStream>) -> Option<usize> {
    let mut line = String::new();
    if stream.read_line(&mut line).await.ok()? == 0 {
        return None;
    }
    line.trim_end().get(1..)?.parse().ok()
}
