#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Functions that read a manifest file. The file's type and size are checked before it is opened.
enum ManifestFile {
    static func bytes(of url: URL, named name: String, limit: Int) throws(ManifestError) -> Data {
        guard url.isFileURL else {
            throw ManifestError(
                file: name,
                "it is not a file URL",
                "Pass the URL of a local file; manifests aren't downloaded."
            )
        }
        // The checks apply to the target of a symbolic link.
        let path = url.resolvingSymlinksInPath().path(percentEncoded: false)
        guard
            let attributes = try? FileManager.default.attributesOfItem(atPath: path),
            let size = attributes[.size] as? UInt
        else {
            throw ManifestError(
                file: name,
                "the file doesn't exist or can't be accessed",
                "Check the path and the permissions."
            )
        }
        // Reading a pipe or a device may never end.
        guard attributes[.type] as? FileAttributeType == .typeRegular else {
            let kind = attributes[.type] as? FileAttributeType == .typeDirectory ? "a directory" : "not a regular file"
            throw ManifestError(file: name, "it is \(kind)", "Pass the path of the manifest file.")
        }
        try requireSize(Int(clamping: size), named: name, limit: limit)
        do {
            return try Data(contentsOf: URL(filePath: path, directoryHint: .notDirectory))
        } catch {
            throw ManifestError(file: name, "it can't be read", "Check the permissions.")
        }
    }

    static func requireSize(_ size: Int, named name: String, limit: Int) throws(ManifestError) {
        guard size > limit else { return }
        throw ManifestError(
            file: name,
            "its size is \(size) bytes, the limit is \(limit)",
            "Describe only one endpoint in a file."
        )
    }
}
