// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/notice/notice.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size)
{
    const auto notice = sluicegate::notice::read({reinterpret_cast<const char*>(bytes), size});
    for (std::size_t i = 0; notice && i < notice->ids.size(); ++i)
        if (notice->ids[i].offset >= size)
            __builtin_trap();
    return 0;
}
