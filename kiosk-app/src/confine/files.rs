//! The lock on files (landlock).
//!
//! In: [`Rules`]. Out: whether this kernel enforces all of it; less than all counts as nothing.

use landlock::{
    ABI, AccessFs, BitFlags, LandlockStatus, PathBeneath, PathFd, Ruleset, RulesetAttr, RulesetCreatedAttr,
    RulesetStatus,
};

use super::{Reading, Rules, Writing};

/// The first in which truncating a file counts as writing.
const NEEDED: ABI = ABI::V3;
/// Which Linux has that.
const NEEDED_LINUX: &str = "6.2";

/// Takes the lock.
pub fn lock(rules: &Rules<'_>) -> Result<(), String> {
    let handled = handled(rules);
    if handled.is_empty() {
        return Ok(());
    }
    match std::fs::read_dir("/proc/self/task").map(Iterator::count) {
        Ok(1) => {}
        Ok(threads) => return Err(format!("{threads} threads run already, which it would not bind")),
        Err(error) => return Err(format!("/proc/self/task cannot be read ({error}), so other threads may run")),
    }
    let status = restrict(rules, handled).map_err(|error| format!("the kernel refuses it ({error})"))?;
    match (status.ruleset, status.landlock) {
        (RulesetStatus::FullyEnforced, _) => Ok(()),
        (_, LandlockStatus::NotEnabled) => {
            Err("the kernel has landlock, but it is off: add landlock to the kernel's parameter lsm=".to_owned())
        }
        (_, LandlockStatus::NotImplemented) => {
            Err(format!("the kernel has no landlock: use Linux {NEEDED_LINUX} or newer with CONFIG_SECURITY_LANDLOCK"))
        }
        (_, LandlockStatus::Available { effective_abi, .. }) => Err(format!(
            "the kernel's landlock (version {effective_abi}) can do a part of it only: use Linux {NEEDED_LINUX} or newer"
        )),
    }
}

/// The accesses that are forbidden wherever no rule allows them.
fn handled(rules: &Rules<'_>) -> BitFlags<AccessFs> {
    let mut handled = BitFlags::EMPTY;
    if matches!(rules.writing, Writing::Only { .. }) {
        handled |= AccessFs::from_write(NEEDED);
    }
    if rules.reading == Reading::Nowhere {
        handled |= AccessFs::ReadFile | AccessFs::ReadDir;
    }
    if !rules.programs {
        handled |= AccessFs::Execute;
    }
    handled
}

fn restrict(
    rules: &Rules<'_>,
    handled: BitFlags<AccessFs>,
) -> Result<landlock::RestrictionStatus, landlock::RulesetError> {
    let mut ruleset = Ruleset::default().handle_access(handled)?.create()?;
    if let Writing::Only { folder, existing } = rules.writing {
        // A path that is not there gets no rule: less is allowed then.
        if let Some(Ok(folder)) = folder.map(PathFd::new) {
            let allowed = (AccessFs::from_write(NEEDED) | AccessFs::ReadFile | AccessFs::ReadDir) & handled;
            ruleset = ruleset.add_rule(PathBeneath::new(folder, allowed))?;
        }
        for file in existing.iter().filter_map(|path| PathFd::new(path).ok()) {
            ruleset = ruleset.add_rule(PathBeneath::new(file, AccessFs::WriteFile))?;
        }
    }
    ruleset.restrict_self()
}
