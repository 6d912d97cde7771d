//! One end of the link: sends and receives whole messages, with open files.

use std::io::{IoSlice, IoSliceMut};
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};

use rustix::io::{Errno, retry_on_intr};
use rustix::net::sockopt::{socket_domain, socket_type};
use rustix::net::{
    AddressFamily, RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, ReturnFlags, SendAncillaryBuffer,
    SendAncillaryMessage, SendFlags, SocketFlags, SocketType, recvmsg, sendmsg, socketpair,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::LinkError;

/// The longest message.
pub const MAX_BYTES: usize = 32 * 1024;
/// The most files that a message carries.
pub const MAX_FILES: usize = 3;

/// One end of the link.
#[derive(Debug)]
pub struct Link(OwnedFd);

/// A message, and the files that came with it.
#[derive(Debug)]
pub struct Received<M> {
    /// What was said.
    pub message: M,
    /// In the order in which they were sent; closed in programs that this process starts.
    pub files: Vec<OwnedFd>,
}

impl Link {
    /// Both ends; both are closed in programs that this process starts, unless they are handed over.
    pub fn pair() -> Result<(Self, Self), LinkError> {
        let (ours, theirs) = socketpair(AddressFamily::UNIX, SocketType::SEQPACKET, SocketFlags::CLOEXEC, None)?;
        Ok((Self(ours), Self(theirs)))
    }

    /// The end that was handed over as this file. Fails with [`LinkError::NoLink`] for any other file.
    pub fn of(file: impl AsFd) -> Result<Self, LinkError> {
        let file = file.as_fd();
        let is_link = socket_type(file) == Ok(SocketType::SEQPACKET) && socket_domain(file) == Ok(AddressFamily::UNIX);
        if !is_link {
            return Err(LinkError::NoLink);
        }
        Ok(Self(rustix::io::fcntl_dupfd_cloexec(file, 0)?))
    }

    /// The end as a file to be handed over.
    pub fn into_file(self) -> OwnedFd {
        self.0
    }

    /// Sends a message with copies of these files. Never blocks: fails with [`LinkError::Full`] where the other end
    /// does not take its messages.
    pub fn send(&self, message: &impl Serialize, files: &[BorrowedFd<'_>]) -> Result<(), LinkError> {
        let bytes = serde_json::to_vec(message).map_err(|error| LinkError::Malformed(error.to_string()))?;
        if bytes.len() > MAX_BYTES {
            return Err(LinkError::TooLarge { bytes: bytes.len(), most: MAX_BYTES });
        }
        let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(MAX_FILES))];
        let mut control = SendAncillaryBuffer::new(&mut space);
        let fit =
            files.len() <= MAX_FILES && (files.is_empty() || control.push(SendAncillaryMessage::ScmRights(files)));
        if !fit {
            return Err(LinkError::TooManyFiles(files.len()));
        }
        let flags = SendFlags::NOSIGNAL | SendFlags::DONTWAIT;
        match retry_on_intr(|| sendmsg(&self.0, &[IoSlice::new(&bytes)], &mut control, flags)) {
            Ok(_) => Ok(()),
            Err(Errno::AGAIN | Errno::NOBUFS) => Err(LinkError::Full),
            Err(Errno::PIPE | Errno::CONNRESET | Errno::NOTCONN) => Err(LinkError::Closed),
            Err(error) => Err(error.into()),
        }
    }

    /// Waits for the next message.
    pub fn receive<M: DeserializeOwned>(&self) -> Result<Received<M>, LinkError> {
        self.take(RecvFlags::empty())
    }

    /// The next message if there is one. Does not block.
    pub fn try_receive<M: DeserializeOwned>(&self) -> Result<Option<Received<M>>, LinkError> {
        match self.take(RecvFlags::DONTWAIT) {
            Err(LinkError::System(Errno::AGAIN)) => Ok(None),
            other => other.map(Some),
        }
    }

    fn take<M: DeserializeOwned>(&self, flags: RecvFlags) -> Result<Received<M>, LinkError> {
        let mut bytes = vec![0; MAX_BYTES];
        let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(MAX_FILES))];
        let mut control = RecvAncillaryBuffer::new(&mut space);
        let flags = flags | RecvFlags::CMSG_CLOEXEC;
        let got = match retry_on_intr(|| recvmsg(&self.0, &mut [IoSliceMut::new(&mut bytes)], &mut control, flags)) {
            Ok(got) => got,
            Err(Errno::CONNRESET | Errno::NOTCONN) => return Err(LinkError::Closed),
            Err(error) => return Err(error.into()),
        };
        let mut files = Vec::new();
        for message in control.drain() {
            if let RecvAncillaryMessage::ScmRights(sent) = message {
                files.extend(sent);
            }
        }
        if got.flags.intersects(ReturnFlags::TRUNC | ReturnFlags::CTRUNC) {
            return Err(LinkError::TooLarge { bytes: MAX_BYTES + 1, most: MAX_BYTES });
        }
        if files.len() > MAX_FILES {
            return Err(LinkError::TooManyFiles(files.len()));
        }
        if got.bytes == 0 {
            return Err(LinkError::Closed);
        }
        let message = serde_json::from_slice(&bytes[..got.bytes])
            .map_err(|error| LinkError::Malformed(error.to_string().chars().take(200).collect()))?;
        Ok(Received { message, files })
    }
}

impl AsFd for Link {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.0.as_fd()
    }
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::io::{Read, Write};

    use super::*;
    use crate::link::{Beat, FromKeeper, FromMirror};
    use crate::service::Service;

    #[test]
    fn messages_arrive_whole_and_in_order() {
        let (mirror, keeper) = Link::pair().unwrap();
        let beat = FromMirror::Beat(Beat { sessions: 3, idle: true, ..Beat::default() });
        mirror.send(&beat, &[]).unwrap();
        let start = FromMirror::Start { request: 7, service: Service::Speech { language: "ar".into() } };
        mirror.send(&start, &[]).unwrap();
        assert_eq!(keeper.receive::<FromMirror>().unwrap().message, beat);
        assert_eq!(keeper.try_receive::<FromMirror>().unwrap().unwrap().message, start);
        assert!(keeper.try_receive::<FromMirror>().unwrap().is_none());
    }

    #[test]
    fn open_files_are_handed_over() {
        let (mirror, keeper) = Link::pair().unwrap();
        let (read, write) = rustix::pipe::pipe().unwrap();
        keeper.send(&FromKeeper::Started { request: 1, id: 2 }, &[write.as_fd()]).unwrap();
        drop(write);
        let mut got = mirror.receive::<FromKeeper>().unwrap();
        assert_eq!((got.message, got.files.len()), (FromKeeper::Started { request: 1, id: 2 }, 1));
        File::from(got.files.pop().unwrap()).write_all(b"through the pipe").unwrap();
        let mut text = String::new();
        File::from(read).read_to_string(&mut text).unwrap();
        assert_eq!(text, "through the pipe");
        let four = [mirror.as_fd(); MAX_FILES + 1];
        assert!(matches!(keeper.send(&0, &four), Err(LinkError::TooManyFiles(4))));
    }

    #[test]
    fn a_bad_peer_is_an_error() {
        let (mirror, keeper) = Link::pair().unwrap();
        for bad in [&b"{"[..], b"\xFF\xFE", b"{\"Kill\":{\"id\":-1}}", b"{\"Format\":{\"disk\":0}}", b"[[[[[[[["] {
            rustix::net::send(&mirror.0, bad, SendFlags::empty()).unwrap();
            assert!(matches!(keeper.receive::<FromMirror>(), Err(LinkError::Malformed(_))), "{bad:?}");
        }
        rustix::net::send(&mirror.0, &vec![b' '; MAX_BYTES + 1], SendFlags::empty()).unwrap();
        assert!(matches!(keeper.receive::<FromMirror>(), Err(LinkError::TooLarge { .. })));
        assert!(matches!(mirror.send(&"x".repeat(MAX_BYTES), &[]), Err(LinkError::TooLarge { .. })));
        // Nobody reads: it is told, and nothing waits.
        let full = (0..100_000).find_map(|_| mirror.send(&FromMirror::Shown, &[]).err());
        assert_eq!(full, Some(LinkError::Full));
        drop(keeper);
        assert_eq!(mirror.send(&FromMirror::Shown, &[]), Err(LinkError::Closed));
        assert!(matches!(mirror.receive::<FromKeeper>(), Err(LinkError::Closed)));
    }

    #[test]
    fn only_a_link_is_taken_for_one() {
        let (ours, theirs) = Link::pair().unwrap();
        let taken = Link::of(theirs.into_file()).unwrap();
        ours.send(&FromKeeper::Ended { id: 1, wait_status: 256 }, &[]).unwrap();
        assert!(taken.receive::<FromKeeper>().is_ok());
        assert!(matches!(Link::of(File::open("/proc/self/maps").unwrap()), Err(LinkError::NoLink)));
        let (stream, _other) = std::os::unix::net::UnixStream::pair().unwrap();
        assert!(matches!(Link::of(stream), Err(LinkError::NoLink)));
    }
}
