package dev.transom.app.plugin.internal.verify;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * A component as OSGI-INF describes it.
 *
 * @param implementation name of its class
 * @param services       names of the interfaces that it provides
 */
record Component(String implementation, List<String> services) {

    /** Reads a description; one that cannot be read becomes a finding. */
    static List<Component> read(String file, byte[] text, List<Finding> findings) {
        List<Component> components = new ArrayList<>();
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null); // Java's own would print what the finding says.
            Document document = builder.parse(new ByteArrayInputStream(text));
            NodeList found = document.getElementsByTagNameNS("*", "implementation");
            for (int i = 0; i < found.getLength(); i++) {
                Element implementation = (Element) found.item(i);
                NodeList provided = ((Element) implementation.getParentNode()).getElementsByTagNameNS("*", "provide");
                List<String> services = new ArrayList<>();
                for (int j = 0; j < provided.getLength(); j++) {
                    services.add(((Element) provided.item(j)).getAttribute("interface"));
                }
                components.add(new Component(implementation.getAttribute("class"), List.copyOf(services)));
            }
        } catch (SAXException | IOException | ParserConfigurationException unreadable) {
            findings.add(Finding.fail("components", file + " must be XML; " + unreadable.getMessage() + " Build the jar anew with bnd."));
        }
        return components;
    }
}
