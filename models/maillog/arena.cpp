// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/maillog/arena.h"

#ifdef __linux__
#include <sys/mman.h>
#include <unistd.h>
#endif

namespace sluicegate::maillog {

void takeAtOnce([[maybe_unused]] void* memory, [[maybe_unused]] std::size_t size)
{
#ifdef MADV_POPULATE_WRITE // Linux 5.14. Where it is refused, pages come one by one as ever.
    const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
    const auto begin = (reinterpret_cast<std::uintptr_t>(memory) + page - 1) & ~(page - 1);
    const auto end = (reinterpret_cast<std::uintptr_t>(memory) + size) & ~(page - 1);
    ::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_POPULATE_WRITE);
#endif
}

} // namespace sluicegate::maillog
