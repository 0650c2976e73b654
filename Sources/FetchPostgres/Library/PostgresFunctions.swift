import SystemLibrary

/// The functions of libpq that the store calls, as they are declared in `libpq-fe.h`.
struct PostgresFunctions: Sendable {
    typealias Connection = OpaquePointer
    typealias StatementResult = OpaquePointer
    typealias Text = UnsafePointer<CChar>
    typealias Texts = UnsafePointer<UnsafePointer<CChar>?>

    let connectStart: @convention(c) @Sendable (Texts?, Texts?, Int32) -> Connection?
    let connectPoll: @convention(c) @Sendable (Connection?) -> Int32
    let finish: @convention(c) @Sendable (Connection?) -> Void
    let status: @convention(c) @Sendable (Connection?) -> Int32
    let transactionStatus: @convention(c) @Sendable (Connection?) -> Int32
    let needsPassword: @convention(c) @Sendable (Connection?) -> Int32
    let serverVersion: @convention(c) @Sendable (Connection?) -> Int32
    let socket: @convention(c) @Sendable (Connection?) -> Int32
    let errorMessage: @convention(c) @Sendable (Connection?) -> Text?
    let setErrorVerbosity: @convention(c) @Sendable (Connection?, Int32) -> Int32
    let setNonblocking: @convention(c) @Sendable (Connection?, Int32) -> Int32
    let setNoticeProcessor:
        @convention(c) @Sendable (
            Connection?, (@convention(c) (UnsafeMutableRawPointer?, Text?) -> Void)?, UnsafeMutableRawPointer?
        ) -> UnsafeMutableRawPointer?

    let sendQuery: @convention(c) @Sendable (Connection?, Text?) -> Int32
    let sendQueryParameters:
        @convention(c) @Sendable (
            Connection?, Text?, Int32, UnsafePointer<UInt32>?, Texts?, UnsafePointer<Int32>?, UnsafePointer<Int32>?,
            Int32
        ) -> Int32
    let flush: @convention(c) @Sendable (Connection?) -> Int32
    let consumeInput: @convention(c) @Sendable (Connection?) -> Int32
    let isBusy: @convention(c) @Sendable (Connection?) -> Int32
    let nextResult: @convention(c) @Sendable (Connection?) -> StatementResult?

    let resultStatus: @convention(c) @Sendable (StatementResult?) -> Int32
    let errorField: @convention(c) @Sendable (StatementResult?, Int32) -> UnsafeMutablePointer<CChar>?
    let rowCount: @convention(c) @Sendable (StatementResult?) -> Int32
    let columnCount: @convention(c) @Sendable (StatementResult?) -> Int32
    let columnType: @convention(c) @Sendable (StatementResult?, Int32) -> UInt32
    let value: @convention(c) @Sendable (StatementResult?, Int32, Int32) -> UnsafeMutablePointer<CChar>?
    let length: @convention(c) @Sendable (StatementResult?, Int32, Int32) -> Int32
    let isNull: @convention(c) @Sendable (StatementResult?, Int32, Int32) -> Int32
    let clear: @convention(c) @Sendable (StatementResult?) -> Void

    let parse:
        @convention(c) @Sendable (Text?, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) ->
            UnsafeMutableRawPointer?
    let freeParsed: @convention(c) @Sendable (UnsafeMutableRawPointer?) -> Void
    let freeMemory: @convention(c) @Sendable (UnsafeMutableRawPointer?) -> Void

    init(in library: SystemLibrary) throws(SystemLibraryError) {
        func find<Function>(_ name: String) throws(SystemLibraryError) -> Function {
            try library.symbol(name, as: Function.self)
        }
        connectStart = try find("PQconnectStartParams")
        connectPoll = try find("PQconnectPoll")
        finish = try find("PQfinish")
        status = try find("PQstatus")
        transactionStatus = try find("PQtransactionStatus")
        needsPassword = try find("PQconnectionNeedsPassword")
        serverVersion = try find("PQserverVersion")
        socket = try find("PQsocket")
        errorMessage = try find("PQerrorMessage")
        setErrorVerbosity = try find("PQsetErrorVerbosity")
        setNonblocking = try find("PQsetnonblocking")
        setNoticeProcessor = try find("PQsetNoticeProcessor")
        sendQuery = try find("PQsendQuery")
        sendQueryParameters = try find("PQsendQueryParams")
        flush = try find("PQflush")
        consumeInput = try find("PQconsumeInput")
        isBusy = try find("PQisBusy")
        nextResult = try find("PQgetResult")
        resultStatus = try find("PQresultStatus")
        errorField = try find("PQresultErrorField")
        rowCount = try find("PQntuples")
        columnCount = try find("PQnfields")
        columnType = try find("PQftype")
        value = try find("PQgetvalue")
        length = try find("PQgetlength")
        isNull = try find("PQgetisnull")
        clear = try find("PQclear")
        parse = try find("PQconninfoParse")
        freeParsed = try find("PQconninfoFree")
        freeMemory = try find("PQfreemem")
    }
}

// Constants of `libpq-fe.h` and `postgres_ext.h`.
extension PostgresFunctions {
    static let connectionIsOK: Int32 = 0
    static let connectionIsBad: Int32 = 1
    static let pollingFailed: Int32 = 0
    static let pollingReads: Int32 = 1
    static let pollingWrites: Int32 = 2
    static let pollingIsOK: Int32 = 3
    static let transactionIsOpen: Int32 = 2
    static let verboseErrors: Int32 = 2
    static let emptyQuery: Int32 = 0
    static let commandIsOK: Int32 = 1
    static let rowsAreOK: Int32 = 2
    static let badResponse: Int32 = 5
    static let fieldOfSQLState = Int32(UInt8(ascii: "C"))
    static let fieldOfMessage = Int32(UInt8(ascii: "M"))
}
