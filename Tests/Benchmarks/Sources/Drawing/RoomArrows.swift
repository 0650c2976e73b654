import Foundation

/// The rooms of the core and the rooms that each uses, as a page lists them.
package struct RoomArrows {
    /// The rooms in the order of the table, followed by those that are only used.
    package private(set) var rooms: [String] = []
    private var uses: [String: [String]] = [:]

    /// Reads the table whose first column is "Room" and whose last column is "Uses".
    ///
    /// - Parameter page: The text of the page.
    /// - Throws: ``PictureError`` if the page has no such table, or if rooms use each other in a circle.
    package init(page: String) throws(PictureError) {
        var isInTable = false
        for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
            let cells = Self.cells(of: line)
            guard let room = cells.first, let last = cells.last, cells.count > 1 else {
                isInTable = false
                continue
            }
            if room == "Room", last == "Uses" {
                isInTable = true
            } else if isInTable, !room.allSatisfy({ "-: ".contains($0) }) {
                rooms.append(room)
                uses[room] = last.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
                    .filter { $0 != "—" && !$0.isEmpty }
            }
        }
        guard !rooms.isEmpty else { throw PictureError("the page has no table of rooms and what they use") }
        for room in uses.values.joined().sorted() where !rooms.contains(room) { rooms.append(room) }
        if let room = rooms.first(where: { reachable(from: $0).contains($0) }) {
            throw PictureError("the room \(room) uses itself through others")
        }
    }

    private static func cells(of line: Substring) -> [String] {
        guard line.hasPrefix("|"), line.hasSuffix("|") else { return [] }
        return line.dropFirst().dropLast().split(separator: "|", omittingEmptySubsequences: false).map {
            $0.replacingOccurrences(of: "`", with: "").trimmingCharacters(in: .whitespaces)
        }
    }

    /// Returns the rooms that a room uses, in the order of the table.
    package func used(by room: String) -> [String] { uses[room] ?? [] }

    /// Returns the rooms that a room uses and that none of the others it uses also leads to.
    package func usedDirectly(by room: String) -> [String] {
        let used = used(by: room)
        return used.filter { other in !used.contains { $0 != other && reachable(from: $0).contains(other) } }
    }

    private func reachable(from room: String) -> Set<String> {
        var found: Set<String> = []
        var open = used(by: room)
        while let next = open.popLast() {
            if found.insert(next).inserted { open += used(by: next) }
        }
        return found
    }
}
