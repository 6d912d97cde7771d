//! An [`Executor`] as a [`Model`].

use std::panic::{AssertUnwindSafe, catch_unwind};

use carmine_models::ModelId;

use super::FaceError;
use super::executor::Executor;
use super::model::{InputTensor, Model};

/// A model that runs on the executor.
#[derive(Debug)]
pub(super) struct ExecutorModel {
    id: ModelId,
    executor: Executor,
}

impl ExecutorModel {
    pub fn new(id: ModelId, executor: Executor) -> Self {
        Self { id, executor }
    }
}

impl Model for ExecutorModel {
    fn input(&mut self) -> Result<InputTensor<'_>, FaceError> {
        let (values, row_stride) = self.executor.input();
        Ok(InputTensor { values, row_stride })
    }

    fn run(&mut self) -> Result<(), FaceError> {
        // A host's manifest may vouch for a network that was never tested with the executor.
        match catch_unwind(AssertUnwindSafe(|| self.executor.run())) {
            Ok(true) => Ok(()),
            _ => Err(FaceError::Run { model: self.id, reason: "a thread of it broke off; make a new tracker".into() }),
        }
    }

    fn zeroize(&mut self) -> Result<(), FaceError> {
        self.executor.zeroize();
        Ok(())
    }

    fn output(&self, index: usize) -> &[f32] {
        self.executor.output(index)
    }
}
