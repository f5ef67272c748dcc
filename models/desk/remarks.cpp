// SPDX-License-Identifier: GPL-3.0-or-later
// The desk's part in notes and pins: they are shown once they are on the disk.
#include "models/desk/desk.h"

namespace sluicegate::desk {

void Desk::editRemarks(std::function<base::Result<void>(casefile::CaseFolder&)> edit)
{
    onClerk([this, folder = caseFolder(), edit = std::move(edit)](Clerk& clerk) {
        const auto kept = clerk.open(folder).and_then([&] { return edit(*clerk.folder); });
        auto remarks = std::make_shared<std::vector<casefile::Remark>>();
        if (kept)
            *remarks = clerk.folder->remarks();
        QMetaObject::invokeMethod(this, [this, folder, kept, remarks] {
            if (!kept)
                return fail(Stage::Reading, kept.error());
            if (folder != m_caseFolder) // another case is open by now
                return;
            change(Part::Remarks | Part::Case, [&](Snapshot& next) {
                next.remarks = remarks;
                next.caseFolder = folder;
            });
        });
    });
}

void Desk::keepRemark(casefile::Remark remark)
{
    if (remark.written == base::Instant())
        remark.written = now();
    editRemarks(
        [remark = std::move(remark)](casefile::CaseFolder& folder) { return folder.keepRemark(remark); });
}

void Desk::removeRemark(const std::string& id)
{
    editRemarks([id](casefile::CaseFolder& folder) { return folder.removeRemark(id); });
}

void Desk::keepFilter(const std::string& filter)
{
    onClerk([filter](Clerk& clerk) {
        if (clerk.folder)
            (void)clerk.folder->keepFilter(filter);
    });
}

} // namespace sluicegate::desk
