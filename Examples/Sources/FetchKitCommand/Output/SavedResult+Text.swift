import FetchCore
import FetchDownload
import Foundation

extension SavedResult {
    /// The number of files and their size, or that some couldn't be saved.
    var summary: String {
        guard errors.isEmpty else { return "\(files.count) of \(files.count + errors.count) outputs saved" }
        let size = files.reduce(0) { $0 + $1.bytes }.formattedBytes
        return files.count == 1 ? "saved, \(size)" : "saved, \(files.count) files with \(size)"
    }

    /// The paths of the files, one per line.
    var outcome: [String] { files.isEmpty ? ["no files"] : files.map { $0.path.printable } }
}

extension SavedFile {
    /// The path of the file.
    var path: String { url.path(percentEncoded: false) }
}

extension DownloadProgress {
    /// The number of bytes, and of those in all if that is known.
    var summary: String {
        let total = totalBytes.map { " of \($0.formattedBytes)" } ?? ""
        return "saving, \(bytes.formattedBytes)\(total)"
    }
}

extension Int64 {
    /// The number of bytes with a decimal prefix, such as `1.2 MB`.
    var formattedBytes: String {
        var (value, units) = (Double(self), ["bytes", "kB", "MB", "GB", "TB"][...])
        while value >= 1_000, units.count > 1 {
            value /= 1_000
            units.removeFirst()
        }
        let tenths = (value * 10).rounded() / 10
        let number = units.first == "bytes" || tenths >= 100 ? "\(Int(value.rounded()))" : "\(tenths)"
        return "\(number) \(units.first ?? "")"
    }
}
