#include "picture/confine.h"

#include <array>
#include <cerrno>
#include <sched.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>

namespace vv::picture {
namespace {

constexpr rlim_t kMemory =
    1ULL << 30;                   // bytes of address space; a picture of 50 million pixels takes some 300 MB
constexpr rlim_t kSeconds = 120;  // of processor time, for all pictures of one process
constexpr rlim_t kFiles = 16;

/// What computing, and answering over what is open, takes.
constexpr std::array kAllowed{SCMP_SYS(read),
                              SCMP_SYS(write),
                              SCMP_SYS(readv),
                              SCMP_SYS(writev),
                              SCMP_SYS(close),
                              SCMP_SYS(fstat),
                              SCMP_SYS(newfstatat),
                              SCMP_SYS(lseek),
                              SCMP_SYS(mmap),
                              SCMP_SYS(mremap),
                              SCMP_SYS(munmap),
                              SCMP_SYS(mprotect),
                              SCMP_SYS(madvise),
                              SCMP_SYS(brk),
                              SCMP_SYS(futex),
                              SCMP_SYS(set_robust_list),
                              SCMP_SYS(rseq),
                              SCMP_SYS(rt_sigaction),
                              SCMP_SYS(rt_sigprocmask),
                              SCMP_SYS(rt_sigreturn),
                              SCMP_SYS(sigaltstack),
                              SCMP_SYS(exit),
                              SCMP_SYS(exit_group),
                              SCMP_SYS(sched_yield),
                              SCMP_SYS(sched_getaffinity),
                              SCMP_SYS(sched_getattr),
                              SCMP_SYS(sched_setattr),
                              SCMP_SYS(getpid),
                              SCMP_SYS(gettid),
                              SCMP_SYS(clock_gettime),
                              SCMP_SYS(clock_nanosleep),
                              SCMP_SYS(gettimeofday),
                              SCMP_SYS(getrandom),
                              SCMP_SYS(poll),
                              SCMP_SYS(restart_syscall)};

bool limit(int what, rlim_t most) {
    const rlimit both{most, most};
    return setrlimit(static_cast<__rlimit_resource_t>(what), &both) == 0;
}

/// Threads of its own, but no other process; a thread may name itself.
bool allow_threads(scmp_filter_ctx rules) {
    return seccomp_rule_add(rules, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1,
                            SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD)) == 0 &&
           seccomp_rule_add(rules, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0 &&
           seccomp_rule_add(rules, SCMP_ACT_ALLOW, SCMP_SYS(prctl), 1, SCMP_A0(SCMP_CMP_EQ, PR_SET_NAME)) ==
               0;
}

bool load_rules(scmp_filter_ctx rules) {
    for (const int call : kAllowed)
        if (seccomp_rule_add(rules, SCMP_ACT_ALLOW, call, 0) != 0) return false;
    return allow_threads(rules) && seccomp_load(rules) == 0;
}

}  // namespace

bool limit_resources() {
    return limit(RLIMIT_AS, kMemory) && limit(RLIMIT_CPU, kSeconds) && limit(RLIMIT_FSIZE, 0) &&
           limit(RLIMIT_CORE, 0) && limit(RLIMIT_NOFILE, kFiles);
}

bool give_up_the_rest() {
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) return false;
    scmp_filter_ctx rules = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    if (!rules) return false;
    const bool is_set = load_rules(rules);
    seccomp_release(rules);
    return is_set;
}

}  // namespace vv::picture
