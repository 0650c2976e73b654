/// Numbers of SQLite's interface ([result codes](https://www.sqlite.org/rescode.html)).
enum SQLiteCode {
    static let ok: Int32 = 0
    static let busy: Int32 = 5
    static let row: Int32 = 100
    static let done: Int32 = 101

    /// `SQLITE_OPEN_READONLY`, `SQLITE_OPEN_READWRITE`, `SQLITE_OPEN_CREATE` and `SQLITE_OPEN_NOMUTEX`.
    static let (openReadOnly, openReadWrite, openCreate, openNoMutex): (Int32, Int32, Int32, Int32) = (
        1, 2, 4, 0x8000
    )

    /// `SQLITE_PREPARE_PERSISTENT`.
    static let preparePersistent: UInt32 = 1

    /// `SQLITE_CHECKPOINT_FULL` and `SQLITE_CHECKPOINT_TRUNCATE`.
    static let (checkpointFull, checkpointTruncate): (Int32, Int32) = (1, 3)

    /// The types of columns.
    static let (integer, real, text, blob): (Int32, Int32, Int32, Int32) = (1, 2, 3, 4)

    /// `SQLITE_TRANSIENT`: the library copies the bytes.
    static var transient: UnsafeMutableRawPointer? { UnsafeMutableRawPointer(bitPattern: -1) }
}
