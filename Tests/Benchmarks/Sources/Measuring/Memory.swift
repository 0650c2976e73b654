import Foundation

/// The memory of this process, in bytes. All values are zero on systems other than Linux.
package enum Memory {
    /// The current resident memory.
    package static var resident: Int { field("VmRSS") }

    /// The peak resident memory.
    package static var peak: Int { field("VmHWM") }

    /// The bytes that are allocated: those that the program uses, without what the allocator keeps for later. `nil`
    /// where the allocator can't be asked.
    package static var allocated: Int? {
        typealias Information = @convention(c) (Int32, UnsafeMutableRawPointer) -> Int32
        guard let symbol = dlsym(nil, "malloc_info"), let file = tmpfile() else { return nil }
        defer { fclose(file) }
        guard unsafeBitCast(symbol, to: Information.self)(0, file) == 0 else { return nil }
        rewind(file)
        let text = String(decoding: FileHandle(fileDescriptor: fileno(file)).readDataToEndOfFile(), as: UTF8.self)
        // The last elements are those of all arenas together. Each ends with its size in quotation marks.
        let sizes = ["system type=\"current", "total type=\"mmap", "total type=\"fast", "total type=\"rest"].compactMap
        { element in
            let line = text.split(separator: "\n").last { $0.hasPrefix("<\(element)\"") }
            return line.flatMap { Int($0.split(separator: "\"").dropLast().last ?? "") }
        }
        return sizes.count == 4 ? sizes[0] + sizes[1] - sizes[2] - sizes[3] : nil
    }

    /// Has the allocator give unused memory back to the system, where it can be asked to.
    package static func returnUnused() {
        typealias Trim = @convention(c) (Int) -> Int32
        // Glibc's header with this function isn't part of its Swift module.
        guard let symbol = dlsym(nil, "malloc_trim") else { return }
        _ = unsafeBitCast(symbol, to: Trim.self)(0)
    }

    /// Returns a field of `/proc/self/status` in bytes.
    private static func field(_ name: String) -> Int {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else { return 0 }
        let line = status.split(separator: "\n").first { $0.hasPrefix("\(name):") }
        return (line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0) * 1_024
    }
}
