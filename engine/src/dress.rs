//! Station 5: which product lies where, and how thick.
