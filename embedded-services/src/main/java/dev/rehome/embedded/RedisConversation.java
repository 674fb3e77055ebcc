package dev.rehome.embedded;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** As much of Redis' protocol (RESP2) as the start needs: commands whose answer is one string. */
final class RedisConversation implements AutoCloseable {
    private static final int ANSWER_MILLIS = 5_000;

    private final Socket socket;
    private final InputStream input;
    private final OutputStream output;

    private RedisConversation(Socket socket) throws IOException {
        this.socket = socket;
        this.input = new BufferedInputStream(socket.getInputStream());
        this.output = socket.getOutputStream();
    }

    static RedisConversation open(int port, Optional<String> password) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        try {
            socket.setSoTimeout(ANSWER_MILLIS);
            RedisConversation conversation = new RedisConversation(socket);
            if (password.isPresent()) {
                conversation.demand("AUTH", password.get());
            }
            return conversation;
        } catch (IOException failure) {
            socket.close();
            throw failure;
        }
    }

    /** Sends a command to which the answer must be OK. */
    private void demand(String... words) throws IOException {
        String answer = answer(words);
        if (!answer.equals("OK")) {
            throw new IOException(words[0] + " answered " + answer);
        }
    }

    /** Sends a command and waits for its answer, which begins with a minus sign when it is an error. */
    String answer(String... words) throws IOException {
        StringBuilder command = new StringBuilder("*").append(words.length).append("\r\n");
        for (String word : words) {
            int length = word.getBytes(StandardCharsets.UTF_8).length;
            command.append('$').append(length).append("\r\n").append(word).append("\r\n");
        }
        output.write(command.toString().getBytes(StandardCharsets.UTF_8));
        output.flush();
        String line = readLine();
        String rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '+' -> rest;
            case '-', ':' -> line;
            case '$' -> readBulk(Integer.parseInt(rest));
            default -> throw new IOException(words[0] + " answered " + line);
        };
    }

    private String readBulk(int length) throws IOException {
        byte[] content = input.readNBytes(length);
        readLine();
        return new String(content, StandardCharsets.UTF_8);
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        while (line.length() < 2 || line.charAt(line.length() - 1) != '\n') {
            int next = input.read();
            if (next < 0) {
                throw new EOFException("Redis closed the connection");
            }
            line.append((char) next);
        }
        return line.substring(0, line.length() - 2);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
