//! Plays a fault's steps on a connection.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::port::Seen;
use crate::reply;
use crate::request::{self, Request};
use crate::step::Step;

/// How long a connection is kept for a client that does not go away.
const PATIENCE: Duration = Duration::from_secs(30);

/// A connection, in clear or not.
enum Line {
    Clear(TcpStream),
    Private(Box<StreamOwned<ServerConnection, TcpStream>>),
}

/// A connection on which steps are played.
struct Player<'s> {
    line: Line,
    scheme: &'static str,
    /// The request that was read last.
    request: Request,
    seen: &'s Seen,
}

/// Plays all steps, then closes the connection.
pub(crate) fn play(
    stream: TcpStream,
    scheme: &'static str,
    tls: Option<Arc<ServerConfig>>,
    steps: &[Step],
    seen: &Seen,
) {
    // The other side going away is how most faults end.
    let _ = try_play(stream, scheme, tls, steps, seen);
}

fn try_play(
    stream: TcpStream,
    scheme: &'static str,
    tls: Option<Arc<ServerConfig>>,
    steps: &[Step],
    seen: &Seen,
) -> io::Result<()> {
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let line = match tls {
        None => Line::Clear(stream),
        Some(config) => {
            let connection = ServerConnection::new(config).map_err(io::Error::other)?;
            Line::Private(Box::new(StreamOwned::new(connection, stream)))
        }
    };
    let nobody = Request { call: None, host: String::new() };
    let mut player = Player { line, scheme, request: nobody, seen };
    for step in steps {
        player.step(step)?;
    }
    player.line.close();
    Ok(())
}

impl Player<'_> {
    fn step(&mut self, step: &Step) -> io::Result<()> {
        match step {
            Step::Request => self.read_request(true),
            Step::Refuse => self.read_request(false),
            Step::AwaitBytes => self.line.tcp().peek(&mut [0]).map(drop),
            Step::ReadSome => self.line.tcp().read(&mut [0; 4096]).map(drop),
            Step::Answer(answer) => self.line.write_all(&reply::whole(answer, &self.request, self.scheme)),
            Step::Send(text) => self.line.write_all(reply::fill(text, &self.reply()).as_bytes()),
            Step::SendBase64(text) => self.line.write_all(&STANDARD.decode(text).map_err(io::Error::other)?),
            Step::Repeat { text, times } => self.repeat(text, *times),
            Step::SendPart(length) => {
                let reply = self.reply();
                self.line.write_all(&reply.as_bytes()[..(*length).min(reply.len())])
            }
            Step::Drip { text, every_ms } => loop {
                self.line.write_all(text.as_bytes())?;
                thread::sleep(Duration::from_millis(*every_ms));
            },
            Step::WaitMs(pause) => {
                thread::sleep(Duration::from_millis(*pause));
                Ok(())
            }
            Step::Hold => self.line.until_gone(),
            Step::Reset => self.reset(),
            Step::Vanish => self.line.tcp().shutdown(Shutdown::Both),
        }
    }

    /// What the call should have been answered.
    fn reply(&self) -> String {
        reply::body(&self.request, self.scheme, None)
    }

    fn read_request(&mut self, is_carried_out: bool) -> io::Result<()> {
        let Some(request) = request::read(&mut self.line)? else {
            return Err(io::ErrorKind::UnexpectedEof.into());
        };
        self.request = request;
        // In this order: who reads the counts must never see a commit without its request.
        self.seen.requests.fetch_add(1, Ordering::SeqCst);
        if is_carried_out {
            self.seen.commits.fetch_add(1, Ordering::SeqCst);
        }
        Ok(())
    }

    fn repeat(&mut self, text: &str, times: usize) -> io::Result<()> {
        const AT_ONCE: usize = 64 << 10;
        let per_block = (AT_ONCE / text.len().max(1)).max(1);
        let block = text.repeat(per_block.min(times));
        let mut left = times;
        while left > 0 {
            let now = left.min(per_block);
            self.line.write_all(&block.as_bytes()[..now * text.len()])?;
            left -= now;
        }
        Ok(())
    }

    fn reset(&mut self) -> io::Result<()> {
        socket2::SockRef::from(&*self.line.tcp()).set_linger(Some(Duration::ZERO))?;
        // Dropping the connection now is what resets it.
        Err(io::ErrorKind::ConnectionReset.into())
    }
}

impl Line {
    fn tcp(&mut self) -> &mut TcpStream {
        match self {
            Line::Clear(stream) => stream,
            Line::Private(stream) => &mut stream.sock,
        }
    }

    /// Waits until the other side ends, or breaks off.
    fn until_gone(&mut self) -> io::Result<()> {
        let mut bytes = [0; 1024];
        while self.read(&mut bytes)? > 0 {}
        Ok(())
    }

    /// Closes in order: with TLS, says so first.
    fn close(&mut self) {
        if let Line::Private(stream) = self {
            stream.conn.send_close_notify();
            let _ = stream.flush();
        }
    }
}

impl Read for Line {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        match self {
            Line::Clear(stream) => stream.read(bytes),
            Line::Private(stream) => stream.read(bytes),
        }
    }
}

impl Write for Line {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Line::Clear(stream) => stream.write(bytes),
            Line::Private(stream) => stream.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Line::Clear(stream) => stream.flush(),
            Line::Private(stream) => stream.flush(),
        }
    }
}
