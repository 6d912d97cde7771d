use std::panic::{AssertUnwindSafe, catch_unwind};

use carmine_models::ModelId;

use super::Network;
use crate::face::FaceError;
use crate::face::model::{Model, Rows};

/// A [`Network`] as the tracker knows models.
#[derive(Debug)]
pub(in crate::face) struct NetworkModel {
    id: ModelId,
    network: Network,
}

impl NetworkModel {
    pub fn new(id: ModelId, network: Network) -> Self {
        Self { id, network }
    }
}

impl Model for NetworkModel {
    fn input(&mut self) -> Result<Rows<'_>, FaceError> {
        let (values, row_step) = self.network.input();
        Ok(Rows { values, row_step })
    }

    fn run(&mut self) -> Result<(), FaceError> {
        // A host may have signed weights of a network that nobody tried.
        match catch_unwind(AssertUnwindSafe(|| self.network.run())) {
            Ok(true) => Ok(()),
            _ => Err(FaceError::Run { model: self.id, reason: "a thread of it broke off; make a new tracker".into() }),
        }
    }

    fn zeroize(&mut self) -> Result<(), FaceError> {
        self.network.zeroize();
        Ok(())
    }

    fn output(&self, index: usize) -> &[f32] {
        self.network.output(index)
    }
}
