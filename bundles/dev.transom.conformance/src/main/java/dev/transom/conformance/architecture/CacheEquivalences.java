package dev.transom.conformance.architecture;

import dev.transom.conformance.architecture.Machine.Session;
import dev.transom.conformance.architecture.Row.Part;
import dev.transom.conformance.internal.Tolerance;
import dev.transom.graph.Graph;
import dev.transom.graph.HostTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Ways to the same logits over caches: prefill in chunks and decode, beside other rows, after a fork, after a truncation. */
final class CacheEquivalences {

    private static final int BLOCKS = 40;
    /** Where a fork's own blocks begin. */
    private static final int FORKED = 30;

    private final Subject subject;
    private final Machine machine;
    private final Equivalences whole;
    private final Graph graph;
    private final String logits;
    private final Row first;
    private final Row second;

    CacheEquivalences(Subject subject, Machine machine) {
        this.subject = subject;
        this.machine = machine;
        this.whole = new Equivalences(subject, machine);
        this.graph = subject.graph(subject.selected(true));
        this.logits = subject.facts().head("lm").outputs().getFirst();
        // Blocks of the two rows alternate.
        this.first = Equivalences.rows(subject).get(0).at(0, 2);
        this.second = Equivalences.rows(subject).get(1).at(1, 2);
    }

    /** Each row in chunks and single tokens, both in the same steps, gives what it gives in one pass. */
    void steps(List<String> broken) {
        List<List<HostTensor>> got = stepped(machine);
        for (Row row : List.of(first, second)) {
            HostTensor want = whole.whole(machine, "lm", List.of(row.whole())).get(logits);
            Equivalences.near("logits of a row of " + row.ids().length + " in chunks and in one pass", want,
                joined(got.get(row == first ? 0 : 1)), machine.tolerance(), broken);
        }
    }

    /** A row's bits over caches do not depend on the rows beside it. */
    void alone(List<String> broken) {
        List<List<HostTensor>> together = stepped(machine);
        int number = 0;
        for (Row row : List.of(first, second)) {
            try (Session session = machine.open(graph, BLOCKS)) {
                List<HostTensor> alone = new ArrayList<>();
                int[] ends = ends(row);
                for (int i = 0, from = 0; i < ends.length; from = ends[i++]) {
                    alone.addAll(step(session, row.part(from, ends[i])));
                }
                Tolerance.sameBits("logits over caches of row " + number + " beside another and alone",
                    joined(together.get(number)), joined(alone), broken);
            }
            number++;
        }
    }

    /** A fork shares whole blocks, copies the one that both write, and goes on as if it had been alone. */
    void fork(List<String> broken) {
        int at = turn(first);
        int end = first.ids().length;
        if (at >= end) {
            return;
        }
        Row trunk = first;
        Row changed = trunk.changed(at, subject.facts().vocabulary());
        Row other = changed.in(forked(trunk, at));
        try (Session session = machine.open(graph, BLOCKS)) {
            step(session, trunk.part(0, at));
            if (at % Subject.BLOCK != 0) {
                session.copy(trunk.blocks()[at / Subject.BLOCK], other.blocks()[at / Subject.BLOCK]);
            }
            List<HostTensor> next = step(session, trunk.part(at, at + 1), other.part(at, at + 1));
            List<HostTensor> rest = at + 1 < end ? step(session, trunk.part(at + 1, end), other.part(at + 1, end)) : List.of();
            for (int i = 0; i < 2; i++) {
                List<HostTensor> mine = new ArrayList<>(List.of(next.get(i)));
                rest.stream().skip(i).findFirst().ifPresent(mine::add);
                Tolerance.sameBits((i == 0 ? "logits of a row that was forked" : "logits of a fork") + ", and of a fresh run",
                    fresh(i == 0 ? trunk : changed, at), joined(mine), broken);
            }
        }
    }

    /** A row that is cut and goes on otherwise forgets what was behind. */
    void truncate(List<String> broken) {
        int at = turn(first);
        int end = first.ids().length;
        if (at >= end) {
            return;
        }
        Row changed = first.changed(at, subject.facts().vocabulary());
        try (Session session = machine.open(graph, BLOCKS)) {
            step(session, first.part(0, at));
            step(session, first.part(at, end));
            List<HostTensor> got = new ArrayList<>(step(session, changed.part(at, at + 1)));
            if (at + 1 < end) {
                got.addAll(step(session, changed.part(at + 1, end)));
            }
            Tolerance.sameBits("logits after a truncation to " + at + ", and of a fresh run", fresh(changed, at), joined(got),
                broken);
        }
    }

    /** Logits of both rows of {@link #steps}, step by step. */
    List<List<HostTensor>> stepped(Machine on) {
        List<List<HostTensor>> results = List.of(new ArrayList<>(), new ArrayList<>());
        int[] ends = ends(first);
        int[] others = ends(second);
        try (Session session = on.open(graph, BLOCKS)) {
            // The second row begins one step later, so that a step mixes prefill with decode.
            for (int i = 0; i < Math.max(ends.length, others.length + 1); i++) {
                List<Part> parts = new ArrayList<>();
                List<Integer> owners = new ArrayList<>();
                if (i < ends.length) {
                    parts.add(first.part(i == 0 ? 0 : ends[i - 1], ends[i]));
                    owners.add(0);
                }
                if (i > 0 && i - 1 < others.length) {
                    parts.add(second.part(i == 1 ? 0 : others[i - 2], others[i - 1]));
                    owners.add(1);
                }
                List<HostTensor> step = step(session, parts.toArray(Part[]::new));
                for (int p = 0; p < step.size(); p++) {
                    results.get(owners.get(p)).add(step.get(p));
                }
            }
        }
        return results;
    }

    /** Logits after position {@code at} of a row that was alone in its caches, in the steps of a fork. */
    private HostTensor fresh(Row row, int at) {
        try (Session session = machine.open(graph, BLOCKS)) {
            step(session, row.part(0, at));
            List<HostTensor> got = new ArrayList<>(step(session, row.part(at, at + 1)));
            if (at + 1 < row.ids().length) {
                got.addAll(step(session, row.part(at + 1, row.ids().length)));
            }
            return joined(got);
        }
    }

    private List<HostTensor> step(Session session, Part... parts) {
        HostTensor all = session.run(StepInputs.of(subject, graph, List.of(parts))).get(logits);
        List<HostTensor> rows = new ArrayList<>();
        int before = 0;
        for (Part part : parts) {
            rows.add(Equivalences.between(all, before, before + part.tokens()));
            before += part.tokens();
        }
        return rows;
    }

    /** A chunk with the whole prefix, single tokens, and the rest. */
    private int[] ends(Row row) {
        int length = row.ids().length;
        int chunk = Math.min(length, Math.max(5, subject.facts().prefix()));
        return IntStream.of(chunk, chunk + 1, chunk + 2, length - 1, length).map(end -> Math.min(end, length))
            .filter(end -> end >= chunk).sorted().distinct().toArray();
    }

    /** A position within a block where a row turns, behind the prefix. */
    private int turn(Row row) {
        int middle = Math.max(1, Math.max(subject.facts().prefix(), row.ids().length / 2));
        return middle % Subject.BLOCK == 0 ? middle + 1 : middle;
    }

    private static int[] forked(Row trunk, int at) {
        int[] blocks = trunk.blocks().clone();
        for (int i = at / Subject.BLOCK; i < blocks.length; i++) {
            blocks[i] = FORKED + i;
        }
        return blocks;
    }

    private static HostTensor joined(List<HostTensor> parts) {
        double[] all = parts.stream().flatMapToDouble(part -> java.util.Arrays.stream(part.reals())).toArray();
        long[] shape = parts.getFirst().shape().clone();
        shape[0] = parts.stream().mapToLong(part -> part.shape()[0]).sum();
        return HostTensor.ofReals(all, shape);
    }
}
