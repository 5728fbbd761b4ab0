package dev.transom.app.run.internal;

import dev.transom.api.TransomException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What is to be answered. */
record InputFile(Path file, Step.Format format, String field) {

    /**
     * What a first reading finds.
     *
     * @param longest    UTF-8 bytes of the longest text, the largest integer where that is not known
     * @param mostTokens the largest {@code max_tokens} of a line, 0 if none has one
     */
    record Scan(long bytes, String sha256, long items, int longest, int mostTokens) {
    }

    Scan scan() {
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            long bytes = in.transferTo(OutputStream.nullOutputStream());
            return count(bytes, HexFormat.of().formatHex(digest.digest()));
        } catch (NoSuchFileException absent) {
            throw new TransomException(file + ": an input is required; there is nothing at this path. Check the path.", absent);
        } catch (IOException unreadable) {
            throw unreadable(unreadable);
        }
    }

    private Scan count(long bytes, String sha256) throws IOException {
        long items = 0;
        int longest = 0;
        int mostTokens = 0;
        try (Items all = open(0)) {
            for (Item item = all.next(); item != null; item = all.next()) {
                items++;
                switch (item) {
                    case Item.Text text -> {
                        longest = Math.max(longest, text.text().getBytes(StandardCharsets.UTF_8).length);
                        mostTokens = Math.max(mostTokens, text.maxTokens().orElse(0));
                    }
                    // What a template makes of it is not known yet.
                    case Item.Chat _ -> longest = Integer.MAX_VALUE;
                    case Item.Bad _ -> { }
                }
            }
        }
        return new Scan(bytes, sha256, items, longest, mostTokens);
    }

    /** Items after the first {@code skipped}. */
    Items open(long skipped) throws IOException {
        Items items = switch (format) {
            case JSONL -> new LineItems(file, true, field);
            case TEXT -> new LineItems(file, false, field);
            case CSV -> new CsvItems(file, field);
        };
        for (long i = 0; i < skipped; i++) {
            items.next();
        }
        return items;
    }

    TransomException unreadable(IOException cause) {
        return new TransomException(file + ": the input must be readable; " + cause.getMessage() + ".", cause);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
