import CurlFunctions
import FetchCore
import SystemLibrary

/// A loaded libcurl that meets the transport's requirements.
struct CurlLibrary: Sendable {
    let functions: CurlFunctions
    let version: CurlLibraryVersion

    /// The system's library, loaded on first use.
    static let system = Result { () throws(FetchError) in try CurlLibrary(names: systemNames) }

    private static let systemNames = {
        #if canImport(Darwin)
            ["/usr/lib/libcurl.4.dylib"]
        #else
            ["libcurl.so.4"]
        #endif
    }()

    /// Loads the library.
    ///
    /// - Parameter names: The file names to try, in order, as passed to `dlopen`.
    /// - Throws: `FetchError` with the code `transportUnavailable` if no library can be loaded or it doesn't meet the
    ///   requirements.
    init(names: [String]) throws(FetchError) {
        do {
            let library = try SystemLibrary(names)
            version = try CurlLibraryVersion(of: library)
            try version.checkRequirements()
            // 3 is `CURL_GLOBAL_ALL`.
            let initialize: @convention(c) (Int) -> Int32 = try library.symbol("curl_global_init", as: GlobalInit.self)
            guard initialize(3) == 0 else {
                throw FetchError(.transportUnavailable, "libcurl \(version.name) can't be initialised")
            }
            functions = try CurlFunctions(in: library)
        } catch let error as FetchError {
            throw error
        } catch SystemLibraryError.symbolNotFound(let symbol, let library) {
            throw FetchError(
                .transportUnavailable,
                "\(library) has no function \(symbol)",
                remedy: CurlLibraryVersion.remedy
            )
        } catch SystemLibraryError.libraryNotFound(let names, let reason) {
            throw FetchError(
                .transportUnavailable,
                "libcurl can't be loaded as \(names.joined(separator: " or ")): \(reason)",
                remedy: "Install libcurl, for example with “apt-get install libcurl4” or “dnf install libcurl”."
            )
        } catch {
            throw FetchError(.transportUnavailable, "libcurl can't be loaded")
        }
    }

    private typealias GlobalInit = @convention(c) (Int) -> Int32
}

extension CurlFunctions {
    fileprivate init(in library: SystemLibrary) throws(SystemLibraryError) {
        self.init()
        easySetOption = try library.symbol("curl_easy_setopt", as: UnsafeMutableRawPointer.self)
        easyGetInfo = try library.symbol("curl_easy_getinfo", as: UnsafeMutableRawPointer.self)
        multiSetOption = try library.symbol("curl_multi_setopt", as: UnsafeMutableRawPointer.self)
        easyInit = try library.symbol("curl_easy_init", as: Create.self)
        easyCleanup = try library.symbol("curl_easy_cleanup", as: Release.self)
        easyPause = try library.symbol("curl_easy_pause", as: Pause.self)
        multiInit = try library.symbol("curl_multi_init", as: Create.self)
        multiCleanup = try library.symbol("curl_multi_cleanup", as: ReleaseMulti.self)
        multiAddHandle = try library.symbol("curl_multi_add_handle", as: ChangeMulti.self)
        multiRemoveHandle = try library.symbol("curl_multi_remove_handle", as: ChangeMulti.self)
        multiSocketAction = try library.symbol("curl_multi_socket_action", as: Act.self)
        multiInfoRead = try library.symbol("curl_multi_info_read", as: Read.self)
        listAppend = try library.symbol("curl_slist_append", as: Append.self)
        listFreeAll = try library.symbol("curl_slist_free_all", as: Release.self)
    }

    private typealias Create = @convention(c) () -> UnsafeMutableRawPointer?
    private typealias Release = @convention(c) (UnsafeMutableRawPointer?) -> Void
    private typealias Pause = @convention(c) (UnsafeMutableRawPointer?, Int32) -> Int32
    private typealias ReleaseMulti = @convention(c) (UnsafeMutableRawPointer?) -> Int32
    private typealias ChangeMulti =
        @convention(c) (UnsafeMutableRawPointer?, UnsafeMutableRawPointer?) -> Int32
    private typealias Act =
        @convention(c) (UnsafeMutableRawPointer?, Int32, Int32, UnsafeMutablePointer<Int32>?) -> Int32
    private typealias Read =
        @convention(c) (UnsafeMutableRawPointer?, UnsafeMutablePointer<Int32>?) -> UnsafeMutableRawPointer?
    private typealias Append =
        @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?) -> UnsafeMutableRawPointer?
}
