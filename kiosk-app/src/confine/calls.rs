//! The lock on system calls (seccomp), for all threads.
//!
//! In: [`Rules`]. Out: a filter in the kernel; what it forbids fails with EPERM. It is a list of what is forbidden, not
//! of what is allowed, since drivers of GPUs need calls that nobody can list.

use std::collections::BTreeMap;

use seccompiler::{
    BackendError, BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule, TargetArch,
};

use super::{Rules, Sockets};

/// None of Carmine's processes, nor a driver in them, needs these: other processes' memory, ways around the filter and
/// the file lock, the kernel's own matters.
const ALWAYS: &[i64] = &[
    // Other processes.
    libc::SYS_ptrace,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_process_madvise,
    libc::SYS_pidfd_getfd,
    libc::SYS_kcmp,
    libc::SYS_perf_event_open,
    libc::SYS_userfaultfd,
    // System calls that no filter sees.
    libc::SYS_io_uring_setup,
    libc::SYS_io_uring_enter,
    libc::SYS_io_uring_register,
    // Code in the kernel.
    libc::SYS_bpf,
    libc::SYS_init_module,
    libc::SYS_finit_module,
    libc::SYS_delete_module,
    libc::SYS_kexec_load,
    #[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
    libc::SYS_kexec_file_load,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_iopl,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_ioperm,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_modify_ldt,
    // File systems and namespaces.
    libc::SYS_mount,
    libc::SYS_umount2,
    libc::SYS_pivot_root,
    libc::SYS_chroot,
    libc::SYS_open_tree,
    libc::SYS_move_mount,
    libc::SYS_fsopen,
    libc::SYS_fsconfig,
    libc::SYS_fsmount,
    libc::SYS_fspick,
    libc::SYS_mount_setattr,
    libc::SYS_open_by_handle_at,
    libc::SYS_unshare,
    libc::SYS_setns,
    libc::SYS_quotactl,
    libc::SYS_fanotify_init,
    // The machine.
    libc::SYS_acct,
    libc::SYS_swapon,
    libc::SYS_swapoff,
    libc::SYS_reboot,
    libc::SYS_settimeofday,
    libc::SYS_clock_settime,
    libc::SYS_sethostname,
    libc::SYS_setdomainname,
    libc::SYS_vhangup,
    libc::SYS_syslog,
    // The kernel's keys.
    libc::SYS_add_key,
    libc::SYS_request_key,
    libc::SYS_keyctl,
];

/// Programs and child processes, and what is sent to others.
const PROGRAMS: &[i64] = &[
    libc::SYS_execve,
    libc::SYS_execveat,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_fork,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_vfork,
    libc::SYS_pidfd_send_signal,
    libc::SYS_tkill,
];

/// Signals that name a process in their first argument: only itself, as `abort` does.
const SIGNALS: &[i64] = &[libc::SYS_kill, libc::SYS_tgkill, libc::SYS_rt_sigqueueinfo, libc::SYS_rt_tgsigqueueinfo];

/// New ways to others.
const CONNECTIONS: &[i64] =
    &[libc::SYS_socket, libc::SYS_socketpair, libc::SYS_connect, libc::SYS_bind, libc::SYS_listen];

/// Every call of x86-64 exists a second time under its number with this bit, where the kernel has the x32 ABI.
#[cfg(target_arch = "x86_64")]
const X32_BIT: i64 = 0x4000_0000;
/// And those whose arguments differ there have numbers of their own: execve, ptrace, kexec_load, process_vm_readv,
/// process_vm_writev, execveat, rt_sigqueueinfo, rt_tgsigqueueinfo.
#[cfg(target_arch = "x86_64")]
const X32_ONLY: &[i64] = &[520, 521, 528, 539, 540, 545, 524, 536];

type Table = BTreeMap<i64, Vec<SeccompRule>>;

/// Takes the lock.
pub fn lock(rules: &Rules<'_>) -> Result<(), String> {
    let said = |error: BackendError| format!("its filter cannot be made for this processor ({error})");
    let arch = TargetArch::try_from(std::env::consts::ARCH).map_err(said)?;
    let forbidden = table(rules).map_err(said)?;
    // A program that uses clone3 tries clone where it is told that there is none; clone's flags can be looked at.
    let unknown = BTreeMap::from([(libc::SYS_clone3, Vec::new())]);
    for (table, errno) in [(unknown, libc::ENOSYS), (forbidden, libc::EPERM)] {
        let action = SeccompAction::Errno(errno.unsigned_abs());
        let filter = SeccompFilter::new(table, SeccompAction::Allow, action, arch).map_err(said)?;
        let program = BpfProgram::try_from(filter).map_err(said)?;
        seccompiler::apply_filter_all_threads(&program).map_err(|error| match error {
            seccompiler::Error::Seccomp(error) | seccompiler::Error::Prctl(error) => {
                format!("the kernel refuses it ({error}): it needs CONFIG_SECCOMP_FILTER")
            }
            other => other.to_string(),
        })?;
    }
    Ok(())
}

/// Which calls are forbidden, and with which arguments; without a rule with any.
fn table(rules: &Rules<'_>) -> Result<Table, BackendError> {
    let mut table: Table = ALWAYS.iter().map(|&call| (call, Vec::new())).collect();
    // Locks of another kind are not opened again.
    table.insert(libc::SYS_prctl, vec![when(0, SeccompCmpOp::Eq, libc::PR_SET_DUMPABLE.unsigned_abs().into())?]);
    let core = u64::from(libc::RLIMIT_CORE);
    table.insert(libc::SYS_setrlimit, vec![when(0, SeccompCmpOp::Eq, core)?]);
    // Its third argument is the new limit; without one it only asks.
    let sets = SeccompCondition::new(2, SeccompCmpArgLen::Qword, SeccompCmpOp::Ne, 0)?;
    let sets_core = SeccompRule::new(vec![condition(1, SeccompCmpOp::Eq, core)?, sets])?;
    table.insert(libc::SYS_prlimit64, vec![sets_core]);
    table.insert(libc::SYS_clone, clone_rules(rules.programs)?);
    if !rules.programs {
        table.extend(PROGRAMS.iter().map(|&call| (call, Vec::new())));
        let own = u64::from(std::process::id());
        for &call in SIGNALS {
            table.insert(call, vec![when(0, SeccompCmpOp::Ne, own)?]);
        }
    }
    match rules.sockets {
        Sockets::Any => {}
        Sockets::Local => {
            let local = u64::from(libc::AF_UNIX.unsigned_abs());
            for call in [libc::SYS_socket, libc::SYS_socketpair] {
                table.insert(call, vec![when(0, SeccompCmpOp::Ne, local)?]);
            }
        }
        Sockets::None => table.extend(CONNECTIONS.iter().map(|&call| (call, Vec::new()))),
    }
    #[cfg(target_arch = "x86_64")]
    {
        let x32: Vec<_> = table.iter().map(|(call, rules)| (call | X32_BIT, rules.clone())).collect();
        table.extend(x32);
        // As numbers of x86-64 they exist on some old kernels, too.
        table.extend(X32_ONLY.iter().flat_map(|call| [(*call, Vec::new()), (call | X32_BIT, Vec::new())]));
    }
    Ok(table)
}

/// No new namespaces; without programs no child processes either, in which a copy of the memory would live on.
fn clone_rules(programs: bool) -> Result<Vec<SeccompRule>, BackendError> {
    const NAMESPACES: [i32; 7] = [
        libc::CLONE_NEWUSER,
        libc::CLONE_NEWNS,
        libc::CLONE_NEWPID,
        libc::CLONE_NEWNET,
        libc::CLONE_NEWIPC,
        libc::CLONE_NEWUTS,
        libc::CLONE_NEWCGROUP,
    ];
    let masked = |mask: i32, value| when(0, SeccompCmpOp::MaskedEq(u64::from(mask.unsigned_abs())), value);
    let mut rules = Vec::new();
    for flag in NAMESPACES {
        rules.push(masked(flag, u64::from(flag.unsigned_abs()))?);
    }
    if !programs {
        rules.push(masked(libc::CLONE_THREAD, 0)?);
    }
    Ok(rules)
}

/// A rule of one condition on the lower 32 bits of an argument: `int` for all the calls above.
fn when(argument: u8, operator: SeccompCmpOp, value: u64) -> Result<SeccompRule, BackendError> {
    SeccompRule::new(vec![condition(argument, operator, value)?])
}

fn condition(argument: u8, operator: SeccompCmpOp, value: u64) -> Result<SeccompCondition, BackendError> {
    SeccompCondition::new(argument, SeccompCmpArgLen::Dword, operator, value)
}
