#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The bytes of a manifest's file, whose kind and size are looked at before it is opened.
enum ManifestFile {
    static func bytes(of url: URL, named name: String, limit: Int) throws(ManifestError) -> Data {
        guard url.isFileURL else {
            throw ManifestError(
                file: name,
                "the URL is not that of a file",
                "Pass the URL of a file on this machine; manifests aren't fetched."
            )
        }
        // What a link leads to is what counts.
        let path = url.resolvingSymlinksInPath().path(percentEncoded: false)
        guard
            let attributes = try? FileManager.default.attributesOfItem(atPath: path),
            let size = attributes[.size] as? UInt
        else {
            throw ManifestError(file: name, "there is no such file", "Check the path, and who may look there.")
        }
        // A pipe or a device may have no end.
        guard attributes[.type] as? FileAttributeType == .typeRegular else {
            let kind = attributes[.type] as? FileAttributeType == .typeDirectory ? "a folder" : "no regular file"
            throw ManifestError(file: name, "it is \(kind)", "Name the manifest's own file.")
        }
        try requireSize(Int(clamping: size), named: name, limit: limit)
        do {
            return try Data(contentsOf: URL(filePath: path, directoryHint: .notDirectory))
        } catch {
            throw ManifestError(file: name, "it can't be read", "Check who may read it.")
        }
    }

    static func requireSize(_ size: Int, named name: String, limit: Int) throws(ManifestError) {
        guard size > limit else { return }
        throw ManifestError(
            file: name,
            "it has \(size) bytes, and a manifest has at most \(limit)",
            "Describe one endpoint in a file, and nothing else."
        )
    }
}
