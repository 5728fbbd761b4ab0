package dev.transom.app.run.internal;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.transom.api.TransomException;
import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Records of a CSV file (RFC 4180) whose first one names the columns; they count from 1. */
final class CsvItems implements Items {

    private final Path file;
    private final CsvReader<CsvRecord> reader;
    private final CloseableIterator<CsvRecord> records;
    private final int column;
    private final int idColumn;
    private long number;

    /** @param field column that holds the text; empty for {@code prompt}, else {@code text}, else the only one */
    CsvItems(Path file, String field) throws IOException {
        this.file = file;
        reader = CsvReader.builder().skipEmptyLines(true).allowMissingFields(true).allowExtraFields(true).ofCsvRecord(file, StandardCharsets.UTF_8);
        records = reader.iterator();
        try {
            List<String> header = next(records) instanceof CsvRecord first ? first.getFields() : List.of();
            column = column(header, field);
            idColumn = header.indexOf("id");
        } catch (RuntimeException refused) {
            close();
            throw refused;
        }
    }

    private int column(List<String> header, String field) {
        if (field.isEmpty() && header.size() == 1) {
            return 0;
        }
        int found = !field.isEmpty() ? header.indexOf(field) : header.contains("prompt") ? header.indexOf("prompt") : header.indexOf("text");
        if (found < 0) {
            throw new TransomException(file + ": the first record must name a column '" + (field.isEmpty() ? "prompt" : field) + "'; got "
                + header + ". Name the column with field in the job.");
        }
        return found;
    }

    @Override
    public Item next() throws IOException {
        CsvRecord record = next(records);
        if (record == null) {
            return null;
        }
        number++;
        JsonValue id = idColumn >= 0 && idColumn < record.getFieldCount() ? Json.createValue(record.getField(idColumn)) : null;
        if (column >= record.getFieldCount()) {
            return new Item.Bad(number, id, "a record must reach column " + (column + 1) + "; it has " + record.getFieldCount()
                + " fields (line " + record.getStartingLineNumber() + ").");
        }
        return new Item.Text(number, id, record.getField(column), OptionalInt.empty(), OptionalLong.empty());
    }

    /** A broken quote cannot be told from a long field, so a file that does not parse is refused as a whole. */
    private CsvRecord next(CloseableIterator<CsvRecord> from) {
        try {
            return from.next();
        } catch (NoSuchElementException end) {
            return null;
        } catch (CsvParseException | UncheckedIOException malformed) {
            throw new TransomException(file + ": it must be CSV in UTF-8; " + cause(malformed) + ". Convert the file.", malformed);
        }
    }

    @Override
    public void close() throws IOException {
        records.close();
        reader.close();
    }

    private static String cause(Throwable malformed) {
        Throwable deepest = malformed;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return String.valueOf(deepest.getMessage()).replaceAll("[.]$", "");
    }
}
