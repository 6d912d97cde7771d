//! The heap of a process that holds pictures of people.
