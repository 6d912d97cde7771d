pub fn run() -> Result<(), crate::error::AppError> { Ok(()) }
