import SystemLibrary

/// The functions of libsqlite3 that the store calls ([C API](https://www.sqlite.org/c3ref/funclist.html)).
struct SQLiteFunctions: Sendable {
    typealias Text = UnsafePointer<CChar>
    typealias BusyHandler = @convention(c) (UnsafeMutableRawPointer?, Int32) -> Int32
    typealias LogHook = @convention(c) (UnsafeMutableRawPointer?, OpaquePointer?, Text?, Int32) -> Int32
    typealias OfConnection = @convention(c) (OpaquePointer?) -> Int32
    typealias OfStatement = @convention(c) (OpaquePointer?) -> Int32
    typealias OfColumn = @convention(c) (OpaquePointer?, Int32) -> Int32
    typealias Open =
        @convention(c) (Text?, UnsafeMutablePointer<OpaquePointer?>?, Int32, Text?) -> Int32
    typealias Prepare =
        @convention(c) (
            OpaquePointer?, Text?, Int32, UInt32, UnsafeMutablePointer<OpaquePointer?>?, UnsafeMutablePointer<Text?>?
        ) -> Int32
    typealias BindBytes =
        @convention(c) (OpaquePointer?, Int32, UnsafeRawPointer?, Int32, UnsafeMutableRawPointer?) -> Int32
    typealias Checkpoint =
        @convention(c) (
            OpaquePointer?, Text?, Int32, UnsafeMutablePointer<Int32>?, UnsafeMutablePointer<Int32>?
        ) -> Int32
    typealias SetBusyHandler = @convention(c) (OpaquePointer?, BusyHandler?, UnsafeMutableRawPointer?) -> Int32
    typealias SetLogHook =
        @convention(c) (OpaquePointer?, LogHook?, UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer?

    let open: Open
    let close, extendedErrorCode, systemErrorNumber, isAutocommit, changes: OfConnection
    let extendedResultCodes: @convention(c) (OpaquePointer?, Int32) -> Int32
    let isReadOnly: @convention(c) (OpaquePointer?, Text?) -> Int32
    let errorMessage: @convention(c) (OpaquePointer?) -> Text?
    let setBusyHandler: SetBusyHandler
    let setLogHook: SetLogHook
    let checkpoint: Checkpoint

    let prepare: Prepare
    let step, reset, clearBindings, finalize, columnCount, parameterCount: OfStatement
    let parameterIndex: @convention(c) (OpaquePointer?, Text?) -> Int32
    let bindNull: OfColumn
    let bindInteger: @convention(c) (OpaquePointer?, Int32, Int64) -> Int32
    let bindReal: @convention(c) (OpaquePointer?, Int32, Double) -> Int32
    let bindText, bindBlob: BindBytes

    let columnType, columnBytes: OfColumn
    let columnInteger: @convention(c) (OpaquePointer?, Int32) -> Int64
    let columnReal: @convention(c) (OpaquePointer?, Int32) -> Double
    let columnText: @convention(c) (OpaquePointer?, Int32) -> UnsafePointer<UInt8>?
    let columnBlob: @convention(c) (OpaquePointer?, Int32) -> UnsafeRawPointer?

    init(in library: SystemLibrary) throws(SystemLibraryError) {
        open = try library.symbol("sqlite3_open_v2", as: Open.self)
        close = try library.symbol("sqlite3_close_v2", as: OfConnection.self)
        extendedErrorCode = try library.symbol("sqlite3_extended_errcode", as: OfConnection.self)
        systemErrorNumber = try library.symbol("sqlite3_system_errno", as: OfConnection.self)
        isAutocommit = try library.symbol("sqlite3_get_autocommit", as: OfConnection.self)
        changes = try library.symbol("sqlite3_changes", as: OfConnection.self)
        extendedResultCodes = try library.symbol(
            "sqlite3_extended_result_codes",
            as: (@convention(c) (OpaquePointer?, Int32) -> Int32).self
        )
        isReadOnly = try library.symbol(
            "sqlite3_db_readonly",
            as: (@convention(c) (OpaquePointer?, Text?) -> Int32).self
        )
        errorMessage = try library.symbol("sqlite3_errmsg", as: (@convention(c) (OpaquePointer?) -> Text?).self)
        setBusyHandler = try library.symbol("sqlite3_busy_handler", as: SetBusyHandler.self)
        setLogHook = try library.symbol("sqlite3_wal_hook", as: SetLogHook.self)
        checkpoint = try library.symbol("sqlite3_wal_checkpoint_v2", as: Checkpoint.self)
        prepare = try library.symbol("sqlite3_prepare_v3", as: Prepare.self)
        step = try library.symbol("sqlite3_step", as: OfStatement.self)
        reset = try library.symbol("sqlite3_reset", as: OfStatement.self)
        clearBindings = try library.symbol("sqlite3_clear_bindings", as: OfStatement.self)
        finalize = try library.symbol("sqlite3_finalize", as: OfStatement.self)
        columnCount = try library.symbol("sqlite3_column_count", as: OfStatement.self)
        parameterCount = try library.symbol("sqlite3_bind_parameter_count", as: OfStatement.self)
        parameterIndex = try library.symbol(
            "sqlite3_bind_parameter_index",
            as: (@convention(c) (OpaquePointer?, Text?) -> Int32).self
        )
        bindNull = try library.symbol("sqlite3_bind_null", as: OfColumn.self)
        bindInteger = try library.symbol(
            "sqlite3_bind_int64",
            as: (@convention(c) (OpaquePointer?, Int32, Int64) -> Int32).self
        )
        bindReal = try library.symbol(
            "sqlite3_bind_double",
            as: (@convention(c) (OpaquePointer?, Int32, Double) -> Int32).self
        )
        bindText = try library.symbol("sqlite3_bind_text", as: BindBytes.self)
        bindBlob = try library.symbol("sqlite3_bind_blob", as: BindBytes.self)
        columnType = try library.symbol("sqlite3_column_type", as: OfColumn.self)
        columnBytes = try library.symbol("sqlite3_column_bytes", as: OfColumn.self)
        columnInteger = try library.symbol(
            "sqlite3_column_int64",
            as: (@convention(c) (OpaquePointer?, Int32) -> Int64).self
        )
        columnReal = try library.symbol(
            "sqlite3_column_double",
            as: (@convention(c) (OpaquePointer?, Int32) -> Double).self
        )
        columnText = try library.symbol(
            "sqlite3_column_text",
            as: (@convention(c) (OpaquePointer?, Int32) -> UnsafePointer<UInt8>?).self
        )
        columnBlob = try library.symbol(
            "sqlite3_column_blob",
            as: (@convention(c) (OpaquePointer?, Int32) -> UnsafeRawPointer?).self
        )
    }
}
