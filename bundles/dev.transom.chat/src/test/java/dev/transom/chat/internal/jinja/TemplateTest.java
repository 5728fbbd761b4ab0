package dev.transom.chat.internal.jinja;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected texts are those of Jinja 3.1 with trim_blocks and lstrip_blocks. */
class TemplateTest {

    private static final Map<String, Object> VARIABLES = variables();

    private static Map<String, Object> variables() {
        Map<String, Object> person = new LinkedHashMap<>();
        person.put("name", "Ann");
        person.put("age", 41L);
        person.put("none", null);
        Map<String, Object> other = new LinkedHashMap<>(Map.of("name", "bob"));
        other.put("age", 7L);
        return Map.of("x", List.of(1L, 2L, 3L, 4L, 5L), "s", " a,b, c ", "p", person, "people", List.of(person, other), "f", 0.1, "e", List.of());
    }

    private static String render(String template) {
        return Template.parse(template).render(VARIABLES, 100, Clock.fixed(Instant.parse("2025-03-04T05:06:07Z"), ZoneOffset.UTC));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
        {{ x[::-1] }}{{ x[1:3] }}{{ x[-2:] }}{{ x[:-1:2] }}                     ¦ [5, 4, 3, 2, 1][2, 3][4, 5][1, 3]
        {{ 'abc'[::-1] }}{{ 'abc'[-1] }}{{ 'abc'[5] }}                          ¦ cbac
        {{ s.strip().split(',') }}|{{ s | trim }}|{{ s.split() }}               ¦ ['a', 'b', ' c']|a,b, c|['a,b,', 'c']
        {{ 'a--b'.split('--', 1)[-1].lstrip('\\n') }}{{ 'a/b/c'.rsplit('/', 1) }} ¦ b['a/b', 'c']
        {{ p.name.upper() ~ p['age'] ~ p.missing ~ p.none }}                    ¦ ANN41None
        {{ p.get('age') }}{{ p.get('q', 3) }}{{ p.items() | list | length }}{{ p.keys() | join('+') }} ¦ 4133name+age+none
        {{ p | tojson }}                                                        ¦ {"name": "Ann", "age": 41, "none": null}
        {{ {'a': [1, {}], 'é"': 1.0} | tojson }}                                ¦ {"a": [1, {}], "é\\"": 1.0}
        {{ people | map(attribute='name') | join(', ') }}                       ¦ Ann, bob
        {{ people | selectattr('age', 'gt', 10) | map(attribute='name') | list }} ¦ ['Ann']
        {{ people | rejectattr('none', 'defined') | map(attribute='name') | first }} ¦ bob
        {{ x | select('odd') | list }}{{ x | reject('in', [1, 2]) | list }}     ¦ [1, 3, 5][3, 4, 5]
        {{ x | map('string') | list }}{{ ['b', 'A'] | sort }}{{ x | sum }}{{ x | max }} ¦ ['1', '2', '3', '4', '5']['A', 'b']155
        {{ p | dictsort | map('first') | list }}{{ ['a', 'A', 'b'] | unique | list }} ¦ ['age', 'name', 'none']['a', 'b']
        {{ q | default('d') }}{{ '' | default('d', true) }}{{ none | default('d') }} ¦ ddNone
        {{ 'yes' if x is defined and q is not defined else 'no' }}              ¦ yes
        {{ 1 if false }}|{{ 5 is number }}|{{ 'a' is string }}|{{ p is mapping }}|{{ e is iterable }}|{{ none is none }} ¦ |True|True|True|True|True
        {{ 2 + 3 * 4 - 10 // 3 ** 2 % 3 }}{{ 7 / 2 }}{{ -7 // 2 }}{{ -7 % 3 }}  ¦ 133.5-42
        {{ 1 < 2 <= 2 }}{{ 3 in x }}{{ 'b' not in 'abc' }}{{ not 1 == 1 }}{{ 1 == 1.0 }} ¦ TrueTrueFalseFalseTrue
        {{ f + 0.2 }}|{{ 1e16 }}|{{ 100.0 }}|{{ 0.00001 }}|{{ 10 | float }}     ¦ 0.30000000000000004|1e+16|100.0|1e-05|10.0
        {{ 'a' 'b' "c" }}{{ 'x' * 3 }}{{ '%s=%d' % ('k', 4) }}{{ '{} {}'.format(1, 2) }} ¦ abcxxxk=41 2
        {{ '12' | int + 1 }}{{ 'zz' | int }}{{ 3.7 | int }}{{ 2.5 | round }}{{ 'aXb'.replace('X', '-') }} ¦ 13032.0a-b
        {{ 'the cat' | title }}{{ 'the CAT' | capitalize }}{{ 'a' | replace('a', 'b') }}{{ [1, 2] | last }} ¦ The CatThe catb2
        {{ 'a.b'.startswith('a') }}{{ 'a.b'.endswith(('x', 'b')) }}{{ 'abc'.find('c') }}{{ 'banana'.count('an') }} ¦ TrueTrue22
        {{ raise }}{{ e or 'empty' }}{{ 1 and 'b' }}{{ range(2, 8, 3) | list }} ¦ emptyb[2, 5]
        {% for a, b in p.items() if b %}{{ loop.index }}{{ a }}{{ '' if loop.last else ';' }}{% endfor %} ¦ 1name;2age
        {% for i in e %}x{% else %}none{% endfor %}{% for i in x %}{% if i == 2 %}{% continue %}{% elif i == 4 %}{% break %}{% endif %}{{ i }}{% endfor %} ¦ none13
        {% set a = 1 %}{% for i in x %}{% set a = a + i %}{% endfor %}{{ a }}{% set n = namespace(t=0) %}{% for i in x %}{% set n.t = n.t + i %}{% endfor %}{{ n.t }} ¦ 115
        {% macro m(a, b='B', c=a) %}<{{ a }}{{ b }}{{ c }}>{% endmacro %}{{ m(1) }}{{ m(1, c=3) }}{{ m(b=2, a=9) | upper }} ¦ <1B1><1B3><929>
        {% set t %}a{{ x[0] }}b{% endset %}{{ t }}{% set u | upper | trim %} q {% endset %}{{ u }}{% set h, k = 'h', 'k' %}{{ k }} ¦ a1bQk
        {% for i in x %}{{ loop.cycle('a', 'b') }}{{ loop.previtem | default('-') }}{% endfor %} ¦ a-b1a2b3a4
        {% for i in [1, 1, 2] %}{{ 'c' if loop.changed(i) else 's' }}{{ loop.revindex0 }}{% endfor %} ¦ c2s1c0
        {% filter trim | upper %}  a{{ x[0] }} {% endfilter %}{{ none | selectattr('a') | list }}{{ 'é' | tojson(ensure_ascii=true) }} ¦ A1[]"\\u00e9"
        {% raw %}{{ x }}{% endraw %}{# no #}{% generation %}g{% endgeneration %}{% with z = 3 %}{{ z }}{% endwith %}{{ z }} ¦ {{ x }}g3
        {{ strftime_now('%d %b %Y') }}|{{ strftime_now('%Y-%m-%d %H:%M:%S %A %-d') }} ¦ 04 Mar 2025|2025-03-04 05:06:07 Tuesday 4
        {{ x is sequence and x[0] is eq 1 }}{{ 4 is divisibleby 2 }}{{ 'a' is in ['a'] }}{{ 1 is not none and true }} ¦ TrueTrueTrueTrue
        {{ "it's" }}{{ ["it's", 'a"', 'x\\n'] }}{{ true }}{{ [none, true] }}    ¦ it's["it's", 'a"', 'x\\n']True[None, True]
        {{ people | map(attribute='q', default='-') | join }} ¦ --
        {{ 'a\\nb' | indent(2) | tojson }}{{ '<' | e }}{{ '<' | safe }}         ¦ "a\\n  b"&lt;<
        """)
    void rendersAsJinjaDoes(String template, String expected) {
        assertEquals(expected.replace("\\n", "\n").replace("\n  b", "\\n  b").replace("x\n", "x\\n"),
                render(template));
    }

    @Test
    void writesJsonWithIndentAsPythonDoes() {
        assertEquals("{\n    \"a\": [\n        1,\n        2\n    ],\n    \"b\": {},\n    \"c\": []\n}",
                render("{{ {'a': [1, 2], 'b': {}, 'c': []} | tojson(indent=4) }}"));
        assertEquals("{\"a\":1,\"b\":2}", render("{{ {'b': 2, 'a': 1} | tojson(separators=(',', ':'), sort_keys=true) }}"));
    }

    @Test
    void trimsAroundTagsAsTransformersAsksFor() {
        assertEquals("a\nb\n", render("a\n  {% if true %}\nb\n  {% endif %}\n\n"));
        assertEquals("ab", render("a  {%- if true -%}  b  {%- endif %}\n"));
        assertEquals("  1\n2", render("  {{ 1 }}\n{{- '' }}\n{{ 2 }}"));
        assertEquals("x {% if %}", render("x {{ '{% if %}' }}\n"));
        assertEquals("  a", render("  {%+ if true %}a{% endif %}"));
        assertEquals("\na", render("{% if true +%}\na{% endif %}\n\n"));
        assertEquals("  a", render("  {# c #}\n  a\n"));
        assertEquals("1 x\n", render("{{ 1 -}}  \n  {% if true %}\n x\n{% endif %}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
        a\\n{% if x %}\\nb                   ¦ 2 ¦ the tag if must end with endif; it does not
        {{ x                                ¦ 1 ¦ a tag must end with }}; it does not
        \\n\\n{{ x | nope }}                ¦ 3 ¦ a filter must be one that is known here; got nope
        {{ x is nope }}                     ¦ 1 ¦ a test must be one that is known here; got nope
        {% include 'a' %}                   ¦ 1 ¦ a chat template must do without the tag include, which is not supported here
        {% endfor %}                        ¦ 1 ¦ every tag must belong to an open one; endfor does not
        {{ 1 + }}                           ¦ 1 ¦ there must be an expression; there is }}
        \\n{{ raise_exception('No.') }}     ¦ 2 ¦ the template refuses the conversation: No.
        {{ a.b.c }}                         ¦ 1 ¦ "a" must be defined to have "b"; it is not
        {{ 'a' + 1 }}                       ¦ 1 ¦ "+" must stand between two numbers, or for + two texts or two lists; got a text and an integer
        {{ q() }}                           ¦ 1 ¦ "q" must be a function or method that is known here; it is undefined
        {{ x.append(1) }}                   ¦ 1 ¦ "append" must be a function or method that is known here; it is undefined
        {% break %}                         ¦ 1 ¦ break must stand inside a loop; it does not
        {% for i in 5 %}{% endfor %}        ¦ 1 ¦ a loop or filter must go over a list, a mapping or a text; got an integer
        {% set z.a = 1 %}                   ¦ 1 ¦ "z" must be a namespace for its attributes to be set; it is "z", which is undefined
        {{ range(100001) }}                 ¦ 1 ¦ range must have a step and at most 100000 numbers; got [100001]
        """)
    void namesTheLineAndTheCause(String template, int line, String cause) {
        JinjaException refusal = assertThrows(JinjaException.class, () -> render(template.replace("\\n", "\n")));
        assertEquals(cause, refusal.getMessage());
        assertEquals(line, refusal.line());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
        {% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}
        {% set n = namespace(s='x') %}{% for a in range(99) %}{% set n.s = n.s + n.s %}{% endfor %}
        {% macro m() %}{{ m() }}{% endmacro %}{{ m() }}
        {{ 'x' * 1000000000000 }}
        {% set n = namespace(s=[]) %}{% for a in range(5000) %}{% set n.s = [n.s] %}{% endfor %}{{ n.s }}
        {% set n = namespace(s=[]) %}{% for a in range(5000) %}{% set n.s = [n.s] %}{% endfor %}{{ n.s | tojson }}
        {% set n = namespace(s=[]) %}{% for a in range(5000) %}{% set n.s = [n.s] %}{% endfor %}{{ n.s == [n.s] }}
        {% set n = namespace(s=['aaaaaaaa']) %}{% for a in range(30) %}{% set n.s = n.s + n.s %}{% endfor %}
        {% set n = namespace(s='a') %}{% for a in range(40) %}{% set n.s = n.s | replace('a', 'aaaa') %}{% endfor %}
        {% set n = namespace() %}{% set n.n = n %}{% set n.l = [n] %}{{ n.l | tojson }}
        {{ 2 ** 2 ** 2 ** 2 ** 2 ** 2 }}{{ 9223372036854775807 + 1 }}
        """)
    void endsWhatWouldNotEnd(String template) {
        assertThrows(JinjaException.class, () -> render(template));
    }

    @Test
    void endsWhatIsNestedTooDeeply() {
        for (String part : List.of("(", "[", "not ", "-", "{% if true %}", "{% for i in [1] %}", "x[", "{'a':", "1 if ")) {
            String deep = part.startsWith("{%") ? part.repeat(100_000) : "{{ " + part.repeat(100_000) + "1 }}";
            assertThrows(JinjaException.class, () -> render(deep), part);
        }
        assertThrows(JinjaException.class, () -> render("{{ 1" + " + 1".repeat(100_000) + " }}"));
        assertThrows(JinjaException.class, () -> render("{{ x" + "[0]".repeat(100_000) + " }}"));
        assertThrows(JinjaException.class, () -> render("{{ x" + "|list".repeat(100_000) + " }}"));
    }
}
