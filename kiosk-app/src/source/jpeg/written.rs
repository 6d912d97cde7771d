//! Small JPEGs of any kind for tests, written here so that every bit of them is known: flat blocks of 8×8 pixels.
#![allow(dead_code, reason = "each test uses a part of it")]

/// One channel.
pub struct Component {
    pub id: u8,
    /// Blocks across and down in a unit of interleaved data.
    pub sampling: [usize; 2],
    /// The level of a block of this channel, by its column and row.
    pub level: fn(usize, usize) -> u8,
}

/// What is written.
pub struct Written {
    /// The frame header's marker without its first byte.
    pub frame: u8,
    pub bits: u8,
    pub size: [usize; 2],
    pub components: Vec<Component>,
    /// Channels by their place, of each scan in turn.
    pub scans: Vec<Vec<usize>>,
    pub has_tables: bool,
    /// Whole segments before the frame header.
    pub segments: Vec<u8>,
}

impl Written {
    /// A baseline picture of these channels in one scan.
    pub fn of(size: [usize; 2], components: Vec<Component>) -> Self {
        let scans = vec![(0..components.len()).collect()];
        Self { frame: 0xC0, bits: 8, size, components, scans, has_tables: true, segments: Vec::new() }
    }

    pub fn bytes(&self) -> Vec<u8> {
        let mut out = vec![0xFF, 0xD8];
        out.extend(&self.segments);
        // All steps are 8, so that a flat block's level less 128 is its one coefficient.
        out.extend([&[0xFF, 0xDB, 0, 67, 0][..], &[8; 64]].concat());
        let [width, height] = self.size;
        let mut frame = vec![self.bits];
        frame.extend((height as u16).to_be_bytes());
        frame.extend((width as u16).to_be_bytes());
        frame.push(self.components.len() as u8);
        for component in &self.components {
            frame.extend([component.id, (component.sampling[0] << 4 | component.sampling[1]) as u8, 0]);
        }
        out.extend(segment(self.frame, &frame));
        if self.has_tables {
            out.extend(segment(0xC4, &[&[0x00][..], &DC_COUNTS, &DC_VALUES].concat()));
            // Two codes of two bits, of which the first is the end of a block.
            out.extend(segment(0xC4, &[&[0x10, 0, 2][..], &[0; 14], &[0x00, 0x01]].concat()));
        }
        for scan in &self.scans {
            let mut head = vec![scan.len() as u8];
            scan.iter().for_each(|place| head.extend([self.components[*place].id, 0x00]));
            head.extend([0, 63, 0]);
            out.extend(segment(0xDA, &head));
            out.extend(self.data(scan));
        }
        out.extend([0xFF, 0xD9]);
        out
    }

    fn data(&self, scan: &[usize]) -> Vec<u8> {
        // The end of a block in the standard table for luma is 1010, in the one above 00.
        let end = if self.has_tables { (0b00, 2) } else { (0b1010, 4) };
        let most = [0, 1].map(|axis| self.components.iter().map(|c| c.sampling[axis]).max().unwrap());
        let units = [0, 1].map(|axis| self.size[axis].div_ceil(8 * most[axis]));
        let mut bits = Bits::default();
        let mut before = vec![0_i32; self.components.len()];
        let mut block = |bits: &mut Bits, place: usize, column: usize, row: usize| {
            let level = i32::from((self.components[place].level)(column, row)) - 128;
            let step = level - std::mem::replace(&mut before[place], level);
            bits.difference(step);
            bits.put(end.0, end.1);
        };
        if let [place] = *scan {
            // Alone, a channel has just the blocks that it needs.
            let sampling = self.components[place].sampling;
            let blocks = [0, 1].map(|axis| (self.size[axis] * sampling[axis]).div_ceil(8 * most[axis]));
            for row in 0..blocks[1] {
                (0..blocks[0]).for_each(|column| block(&mut bits, place, column, row));
            }
        } else {
            for unit in 0..units[0] * units[1] {
                let (column, row) = (unit % units[0], unit / units[0]);
                for &place in scan {
                    let [across, down] = self.components[place].sampling;
                    for inner in 0..across * down {
                        let at = [column * across + inner % across, row * down + inner / across];
                        block(&mut bits, place, at[0], at[1]);
                    }
                }
            }
        }
        bits.whole()
    }
}

/// A channel at full resolution.
pub fn full(id: u8, level: fn(usize, usize) -> u8) -> Component {
    Component { id, sampling: [1, 1], level }
}

/// JFIF's segment.
pub fn jfif() -> Vec<u8> {
    segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0")
}

/// Adobe's segment, with the number of its way to encode colours.
pub fn adobe(transform: u8) -> Vec<u8> {
    segment(0xEE, &[b"Adobe\0\x64\0\0\0\0", &[transform][..]].concat())
}

/// A whole profile in one segment.
pub fn icc(profile: &[u8]) -> Vec<u8> {
    segment(0xE2, &[b"ICC_PROFILE\0\x01\x01", profile].concat())
}

pub fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
    [&[0xFF, marker], &(body.len() as u16 + 2).to_be_bytes()[..], body].concat()
}

/// The standard table for DC of luma.
const DC_COUNTS: [u8; 16] = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0];
const DC_VALUES: [u8; 12] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    pending: u32,
    count: u32,
}

impl Bits {
    fn put(&mut self, value: u32, count: u32) {
        for bit in (0..count).rev() {
            (self.pending, self.count) = (self.pending << 1 | (value >> bit & 1), self.count + 1);
            if self.count == 8 {
                self.bytes.push(self.pending as u8);
                if self.pending == 0xFF {
                    self.bytes.push(0);
                }
                (self.pending, self.count) = (0, 0);
            }
        }
    }

    /// A difference of levels: the code of its length in bits, then those bits (T.81, F.1.2.1).
    fn difference(&mut self, step: i32) {
        let length = 32 - step.unsigned_abs().leading_zeros();
        let (code, bits) = code_of(length as u8);
        self.put(code, bits);
        let value = if step < 0 { step - 1 } else { step };
        self.put(value as u32 & ((1 << length) - 1), length);
    }

    fn whole(mut self) -> Vec<u8> {
        while self.count > 0 {
            self.put(1, 1);
        }
        self.bytes
    }
}

/// The code of a value and its length (T.81, annex C).
fn code_of(value: u8) -> (u32, u32) {
    let (mut code, mut at) = (0, 0);
    for (length, count) in (1..).zip(DC_COUNTS) {
        for _ in 0..count {
            if DC_VALUES[at] == value {
                return (code, length);
            }
            (code, at) = (code + 1, at + 1);
        }
        code <<= 1;
    }
    unreachable!("no such value")
}
