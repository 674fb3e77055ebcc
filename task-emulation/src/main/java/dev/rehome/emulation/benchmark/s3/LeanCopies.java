package dev.rehome.emulation.benchmark.s3;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.util.Optional;

/**
 * Serves ordinary copies without the HTTP codec, which takes several times as much CPU time: the server shares the processors
 * with the programs that it measures. Anything but a whole copy request in one read is passed on to the codec, and so is
 * everything that follows it until the codec has responded.
 */
final class LeanCopies extends ChannelDuplexHandler {
    private static final int LARGEST = 4_096;

    private final SyntheticS3Handler server;
    private final byte[] bytes = new byte[LARGEST];
    private boolean isWithCodec;

    LeanCopies(SyntheticS3Handler server) {
        this.server = server;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object read) {
        Optional<CopyHead> copy = isWithCodec ? Optional.empty() : copy((ByteBuf) read);
        if (copy.isEmpty()) {
            isWithCodec = true;
            context.fireChannelRead(read);
            return;
        }
        ((ByteBuf) read).release();
        server.send(context, server.copy(copy.get()).encoded(context.alloc()));
    }

    private Optional<CopyHead> copy(ByteBuf read) {
        int length = read.readableBytes();
        if (length > LARGEST) {
            return Optional.empty();
        }
        read.getBytes(read.readerIndex(), bytes, 0, length);
        return CopyHead.parse(bytes, length);
    }

    @Override
    public void write(ChannelHandlerContext context, Object response, ChannelPromise promise) {
        isWithCodec = false;
        context.write(response, promise);
    }
}
