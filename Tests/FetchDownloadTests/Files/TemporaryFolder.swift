import FetchDownload
import Foundation

/// A new folder that is removed with its content when the value is released.
final class TemporaryFolder: Sendable {
    let url: URL

    /// - Parameter parent: The folder in which the new one is created. Defaults to that for temporary files.
    /// - Throws: The error of creating it.
    init(in parent: URL = FileManager.default.temporaryDirectory) throws {
        url = parent.appending(path: "fetch-download-\(UUID().uuidString)", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// The names of all files, sorted.
    var names: [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: url.path).sorted()) ?? []
    }

    func folder() throws -> Folder { try Folder(url) }

    func write(_ bytes: some Sequence<UInt8>, to name: String) throws {
        try Data(bytes).write(to: url.appending(path: name))
    }

    func bytes(of name: String) -> [UInt8]? {
        (try? Data(contentsOf: url.appending(path: name))).map(Array.init)
    }

    func permissions(of name: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: url.appending(path: name).path)
        return attributes[.posixPermissions] as? Int ?? -1
    }
}

extension PlainFileName {
    /// A name of a test, which must be a plain one.
    static func test(_ text: String) throws -> Self { try Self(checking: text) }
}
