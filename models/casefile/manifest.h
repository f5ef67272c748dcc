// SPDX-License-Identifier: GPL-3.0-or-later
// manifest.json: what was pulled, from where, when, and the hash of each item. Bytes that are no UTF-8
// survive.
#pragma once

#include "models/evidence/bundle.h"

#include <QByteArray>
#include <QJsonObject>

#include <filesystem>

namespace sluicegate::casefile {

QJsonObject itemToJson(const evidence::Item& item);
/// Its bytes are looked for as `evidence`/SHA-256 and nowhere else; CaseDamaged when the hash is not one.
base::Result<evidence::Item> itemFromJson(const QJsonObject& object, const std::filesystem::path& evidence);

QByteArray manifestToJson(const evidence::Bundle& bundle);
base::Result<evidence::Bundle> manifestFromJson(
    const QByteArray& bytes, const std::filesystem::path& evidence, const std::filesystem::path& manifest);

} // namespace sluicegate::casefile
