//! Our side of the networks: one model by one executor, run by run.

use std::fmt;
use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use carmine::models::ModelId;
use carmine::steps::{ModelRunner, ProfiledExecutor};

use super::child;

pub const ROLE: &str = "network";

/// How one of our networks is run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Variant {
    /// As the tracker runs it.
    Tracker,
    /// The same on two threads.
    TwoThreads,
    /// By tract, operator by operator.
    Tract,
    /// On this set of instructions.
    On(String),
}

impl Variant {
    fn named(name: &str) -> Self {
        [Self::Tracker, Self::TwoThreads, Self::Tract]
            .into_iter()
            .find(|known| known.to_string() == name)
            .unwrap_or(Self::On(name.into()))
    }
}

impl fmt::Display for Variant {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Tracker => "ours",
            Self::TwoThreads => "two",
            Self::Tract => "tract",
            Self::On(instructions) => instructions,
        })
    }
}

/// The process that runs this model on that picture, a file of its input's values.
pub fn command(model: ModelId, variant: &Variant, picture: &Path) -> Command {
    let mut command = child::again(ROLE);
    command.args([model.to_string(), variant.to_string()]).arg(picture);
    command
}

/// Is that process: tells the first output, then the times of as many runs as each line of standard input asks for.
pub fn measure(model: &str, variant: &str, picture: &Path) {
    let model = ModelId::ALL.into_iter().find(|known| known.to_string() == model).unwrap();
    let values: Vec<f32> =
        fs::read(picture).unwrap().chunks_exact(4).map(|bytes| f32::from_le_bytes(bytes.try_into().unwrap())).collect();
    match Variant::named(variant) {
        Variant::Tracker => serve_network(ModelRunner::embedded(model).unwrap(), &values),
        Variant::TwoThreads => serve_network(ModelRunner::threaded(model, 2).unwrap(), &values),
        Variant::Tract => serve_network(ModelRunner::reference(model).unwrap(), &values),
        // Its input stays black, which takes no less work.
        Variant::On(name) => {
            let all = ProfiledExecutor::all(model).unwrap();
            let (_, mut executor) = all.into_iter().find(|(known, _)| *known == name).unwrap();
            serve(&[], || executor.run(|_| {}));
        }
    }
}

fn serve_network(mut network: ModelRunner, values: &[f32]) {
    network.fill(values).unwrap();
    network.run().unwrap();
    let answer = network.output(0).to_vec();
    // The tracker fills the input anew for each frame; how, is a station of its own.
    serve(&answer, || network.run().unwrap());
}

fn serve(answer: &[f32], mut run: impl FnMut()) {
    println!("{}", serde_json::to_string(answer).unwrap());
    for line in io::stdin().lines() {
        let line = line.unwrap();
        let mut numbers = line.split_whitespace().map(|number| number.parse::<usize>().unwrap());
        let (warm_up, runs) = (numbers.next().unwrap(), numbers.next().unwrap());
        (0..warm_up).for_each(|_| run());
        let times: Vec<f64> = (0..runs)
            .map(|_| {
                let began = Instant::now();
                run();
                began.elapsed().as_secs_f64() * 1e3
            })
            .collect();
        println!("{}", serde_json::to_string(&times).unwrap());
    }
}
