/// Pictures of some length, of which two differ in every byte of their content.
enum ServedFiles {
    static let picture = png(200_000, seed: 1)
    static let other = png(200_000, seed: 2)
    static let shorter = png(120_000, seed: 3)
    static let longer = png(300_000, seed: 4)

    /// The position of the first byte in which two pictures of the same length differ.
    static let firstDifference = 41

    private static func png(_ count: Int, seed: UInt8) -> [UInt8] {
        let content = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) &+ seed }
        let header: [UInt8] = [0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0]
        return SampleFiles.chunked([("IHDR", header), ("IDAT", content), ("IEND", [])])
    }
}
