# SPDX-License-Identifier: GPL-3.0-or-later
"""The file tree of a server: what is in it, whose it is, and where its bytes lie among the resources."""
import os
import zlib


class Tree:
    def __init__(self, folder, installed):
        self.folder, self.installed = folder, installed
        self.nodes = {}
        self.inode = 131072

    def _add(self, path, mode, owner, group, mtime, size, source):
        parent = os.path.dirname(path)
        if path != "/" and parent not in self.nodes:
            self.dir(parent)
        self.inode += 7
        self.nodes[path] = [mode, owner, group, int(mtime or self.installed), self.inode, size, source]

    def dir(self, path, mode=0o40755, owner="root", group="root", mtime=None):
        self._add(path, mode, owner, group, mtime, 4096, "-")

    def link(self, path, target, owner="root", group="root"):
        self._add(path, 0o120777, owner, group, None, len(target), ">" + target)

    def stub(self, path, size, owner="root", group="root", mtime=None, mode=0o100644):
        """A file whose content matters to nobody: only its size is kept."""
        self._add(path, mode, owner, group, mtime, size, "=")

    def file(self, path, content, owner="root", group="root", mtime=None, mode=0o100644):
        data = content.encode() if isinstance(content, str) else content
        packed = len(data) > 12000 and not path.endswith(".gz")
        source = "files" + path + (".gz" if packed else "")
        target = os.path.join(self.folder, source)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "wb") as out:
            out.write(pack(data) if packed else data)
        self._add(path, mode, owner, group, mtime, len(data), ("~" if packed else "+") + source)

    def write(self):
        with open(os.path.join(self.folder, "tree"), "w") as out:
            for path in sorted(self.nodes):
                mode, owner, group, mtime, inode, size, source = self.nodes[path]
                out.write("%o %s %s %d %d %d %s %s\n" % (mode, owner, group, mtime, inode, size, source, path))


def pack(data):
    """gzip without a time stamp, so that the same data give the same file."""
    body = zlib.compressobj(9, zlib.DEFLATED, -15, 9)
    packed = body.compress(data) + body.flush()
    return b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03" + packed + zlib.crc32(data).to_bytes(4, "little") + (len(data) & 0xFFFFFFFF).to_bytes(4, "little")
