import Testing

/// Downloads from a server that does what the rows of tables say, over real sockets.
///
/// Together with ``CutTransferTests``, it is the proof that a file is whole or not there.
@Suite("Downloads over sockets", .timeLimit(.minutes(5))) struct SocketTableTests {
    @Test(arguments: ChangedFiles.all)
    func `a file that changes between two requests becomes the new one`(row: DownloadCase) async throws {
        try await row.run()
    }

    @Test(arguments: UnexpectedRanges.all)
    func `a range that wasn't asked for doesn't become a part of the file`(row: DownloadCase) async throws {
        try await row.run()
    }

    @Test(arguments: UnusualResponses.all)
    func `a response that isn't the file doesn't become one`(row: DownloadCase) async throws {
        try await row.run()
    }

    @Test(arguments: Redirects.all)
    func `a redirect is followed where it may lead`(row: DownloadCase) async throws {
        try await row.run()
    }

    @Test(arguments: Sizes.all)
    func `a file of any size is saved within the limits`(row: DownloadCase) async throws {
        try await row.run()
    }

    @Test func `no two rows have the same name, and there are at least 400`() {
        let tables = [ChangedFiles.all, UnexpectedRanges.all, UnusualResponses.all, Redirects.all, Sizes.all]
        for table in tables { #expect(Set(table.map(\.name)).count == table.count) }
        #expect(tables.reduce(0) { $0 + $1.count } >= 400)
    }
}
