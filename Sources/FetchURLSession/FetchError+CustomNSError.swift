#if canImport(FoundationEssentials)
    public import FetchCore
    public import Foundation

    // FetchCore imports FoundationEssentials only, which doesn't declare the protocol. Without FoundationEssentials it
    // conforms itself.
    extension FetchError: CustomNSError {}
#endif
