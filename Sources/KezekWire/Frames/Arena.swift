// SPDX-License-Identifier: Apache-2.0

import CKezekWire

/// Memory for the messages of one call: handed out in order, given back all at once, and capped.
///
/// protobuf-c decodes into it through its allocator, so that a frame which expands to many times its
/// length ends in a refusal instead of in the machine's memory. Nothing in it may outlive
/// ``reset()``. An arena belongs to one thread.
public final class Arena {
    private struct Block {
        let memory: UnsafeMutableRawPointer
        let size: Int
    }

    private static let blockSize = 64 << 10
    private var blocks: [Block]
    private var next: UnsafeMutableRawPointer
    private var left: Int
    private var total: Int
    private let limit: Int

    /// - Parameter limit: the most bytes that may be handed out between two resets.
    public init(limit: Int) {
        let memory = UnsafeMutableRawPointer.allocate(byteCount: Arena.blockSize, alignment: 16)
        blocks = [Block(memory: memory, size: Arena.blockSize)]
        next = memory
        left = Arena.blockSize
        total = 0
        self.limit = limit
    }

    deinit { for block in blocks { block.memory.deallocate() } }

    /// Takes everything back.
    @inline(__always)
    public func reset() {
        if blocks.count > 1 { dropBlocks() }
        next = blocks[0].memory
        left = blocks[0].size
        total = 0
    }

    /// Takes everything back, and overwrites it: a request has tokens and people's names in it.
    @inline(__always)
    public func wipe() {
        let used = blocks.count > 1 ? blocks[0].size : blocks[0].size - left
        UnsafeMutableRawBufferPointer(start: blocks[0].memory, count: used).wipe()
        for block in blocks.dropFirst() {
            UnsafeMutableRawBufferPointer(start: block.memory, count: block.size).wipe()
        }
        reset()
    }

    private func dropBlocks() {
        for block in blocks.dropFirst() { block.memory.deallocate() }
        blocks.removeSubrange(1...)
    }

    /// So many bytes, aligned to 16; nil beyond the limit.
    @inline(__always)
    func allocate(_ count: Int) -> UnsafeMutableRawPointer? {
        let size = (count &+ 15) & ~15
        guard count >= 0, size >= count, size <= left else { return allocateBlock(count) }
        let memory = next
        next += size
        left -= size
        total += size
        return total <= limit ? memory : nil
    }

    @inline(never)
    private func allocateBlock(_ count: Int) -> UnsafeMutableRawPointer? {
        guard count >= 0, count <= limit - total else { return nil }
        let needed = (count + 15) & ~15
        let size = max(Arena.blockSize, needed)
        let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
        blocks.append(Block(memory: memory, size: size))
        next = memory + needed
        left = size - needed
        total += needed
        return memory
    }

    /// Runs the body with an allocator that allocates here.
    @inline(__always)
    func withAllocator<T>(_ body: (UnsafeMutablePointer<ProtobufCAllocator>) -> T) -> T {
        var allocator = ProtobufCAllocator(
            alloc: { data, size in
                Unmanaged<Arena>.fromOpaque(data!)._withUnsafeGuaranteedRef { $0.allocate(size) }
            },
            free: { _, _ in },
            allocator_data: Unmanaged.passUnretained(self).toOpaque())
        return withExtendedLifetime(self) { withUnsafeMutablePointer(to: &allocator, body) }
    }
}
