import Foundation

/// The files to download: one large file, or many small ones.
struct FileLoad: Encodable {
    var files: Int
    /// The size of each file in bytes.
    var bytes: Int
    /// The number of files at once.
    var atOnce: Int

    /// The URL of a file of the benchmark's server.
    func url(of number: Int, at server: URL) -> URL { server.appending(path: "\(bytes)/\(number)") }

    /// The name of a file in the folder.
    func name(of number: Int) -> String { "\(number).bin" }

    /// Throws if a file is missing or has another size, or if there is another file.
    func check(_ folder: URL) throws {
        let found = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        guard Set(found) == Set((0..<files).map(name)) else { throw BenchmarkFailure("Files are missing.") }
        for name in found {
            let attributes = try FileManager.default.attributesOfItem(atPath: folder.appending(path: name).path)
            guard attributes[.size] as? Int == bytes else { throw BenchmarkFailure("\(name) isn't complete.") }
        }
    }

    var line: String { files == 1 ? "1 file of \(bytes >> 20) MiB" : "\(files) files of \(bytes) B" }
}

/// An error of the benchmark itself.
struct BenchmarkFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
