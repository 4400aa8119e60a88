package leat.notes.transfer;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.commonmark.node.Paragraph;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/** A text in XHTML as a tree: elements in lower case, and what stands between them. */
sealed interface Markup {
    /** Elements within elements; what is deeper lies beside its element. */
    int MAX_DEPTH = 100;

    record Words(String text) implements Markup {}

    record Element(String name, Map<String, String> attributes, List<Markup> children) implements Markup {
        String attribute(String attribute) {
            return attributes.getOrDefault(attribute, "");
        }

        /** Whether its style says so, whatever the spaces. */
        boolean isStyled(String property, String... values) {
            for (String one : attribute("style").toLowerCase(Locale.ROOT).split(";", -1)) {
                int colon = one.indexOf(':');
                if (colon > 0
                        && one.substring(0, colon).strip().equals(property)
                        && (values.length == 0
                                || Set.of(values)
                                        .contains(one.substring(colon + 1).strip()))) {
                    return true;
                }
            }
            return false;
        }
    }

    Parser ENTITIES = Parser.builder().build();

    /** The outermost element. */
    static Element read(String text) throws XMLStreamException {
        XMLStreamReader xml = Xml.reader(new StringReader(text.strip()));
        try {
            while (xml.next() != XMLStreamConstants.START_ELEMENT) {
                // Before it are the declaration and comments.
            }
            var root = begun(xml);
            var open = new ArrayList<>(List.of(root));
            for (int over = 0; !open.isEmpty(); ) {
                switch (xml.next()) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        Element element = begun(xml);
                        open.getLast().children().add(element);
                        if (open.size() < MAX_DEPTH) {
                            open.add(element);
                        } else {
                            over++;
                        }
                    }
                    case XMLStreamConstants.END_ELEMENT -> {
                        if (over > 0) {
                            over--;
                        } else {
                            open.removeLast();
                        }
                    }
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                        say(open.getLast().children(), xml.getText());
                    case XMLStreamConstants.ENTITY_REFERENCE ->
                        say(open.getLast().children(), entity(xml.getLocalName()));
                    default -> {
                        // Comments and instructions say nothing to readers.
                    }
                }
            }
            return root;
        } finally {
            xml.close();
        }
    }

    /** A parser tells words in pieces of its own; what stands together is one. */
    private static void say(List<Markup> children, String text) {
        if (!children.isEmpty() && children.getLast() instanceof Words before) {
            children.set(children.size() - 1, new Words(before.text() + text));
        } else {
            children.add(new Words(text));
        }
    }

    private static Element begun(XMLStreamReader xml) {
        var attributes = new LinkedHashMap<String, String>();
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            attributes.put(xml.getAttributeLocalName(i).toLowerCase(Locale.ROOT), xml.getAttributeValue(i));
        }
        return new Element(xml.getLocalName().toLowerCase(Locale.ROOT), attributes, new ArrayList<>());
    }

    /** What HTML means by a name; Markdown knows the same names. */
    private static String entity(String name) {
        String typed = "&" + name + ";";
        return ENTITIES.parse(typed).getFirstChild() instanceof Paragraph paragraph
                        && paragraph.getFirstChild() instanceof Text text
                ? text.getLiteral()
                : typed;
    }
}
