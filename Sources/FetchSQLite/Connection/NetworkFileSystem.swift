#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The file systems of networks, on which processes of several machines would share a file. SQLite's write-ahead log
/// needs memory that its processes share, and their locks are often not those of other machines.
package enum NetworkFileSystem {
    private static let names: Set<Substring> = [
        "afs", "beegfs", "ceph", "cifs", "fuse.gcsfuse", "fuse.glusterfs", "fuse.rclone", "fuse.s3fs", "fuse.sshfs",
        "gfs2", "glusterfs", "gpfs", "lustre", "nfs", "nfs4", "ocfs2", "smb3", "smbfs",
    ]

    /// Returns the name of the network file system of a folder; `nil` if it is on another one, or can't be read.
    package static func name(ofFolder path: String) -> String? {
        #if canImport(Darwin)
            var information = statfs()
            guard statfs(path, &information) == 0, information.f_flags & UInt32(MNT_LOCAL) == 0 else { return nil }
            return withUnsafeBytes(of: information.f_fstypename) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
        #else
            var information = stat()
            guard stat(path, &information) == 0 else { return nil }
            let mounts = try? Data(contentsOf: URL(filePath: "/proc/self/mountinfo"))
            guard let mounts else { return nil }
            return name(ofDevice: UInt64(information.st_dev), mounts: String(decoding: mounts, as: UTF8.self))
        #endif
    }

    /// Returns the name of the network file system of a device.
    ///
    /// - Parameters:
    ///   - device: The number of the device that Linux reports of a file.
    ///   - mounts: The content of `/proc/self/mountinfo`, which has a line such as
    ///     `36 35 0:52 / /home rw shared:1 - nfs4 server:/home rw` for each mount.
    /// - Returns: The name; `nil` if the device has another file system, or isn't mounted.
    package static func name(ofDevice device: UInt64, mounts: String) -> String? {
        let major = device >> 8 & 0xFFF | device >> 32 & ~0xFFF
        let minor = device & 0xFF | device >> 12 & 0xFFFF_FF00
        for line in mounts.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count > 2, words[2] == "\(major):\(minor)", let dash = words.lastIndex(of: "-"),
                dash + 1 < words.count, names.contains(words[dash + 1])
            else { continue }
            return String(words[dash + 1])
        }
        return nil
    }
}
