package dev.rehome.emulation;

import java.io.IOException;

/** Judges a page as it is shown: can everything be read, and does it fit? */
final class PageAudit {
    /**
     * The texts with less than 4.5:1 between their colour and that of their background, the least that WCAG 2.2 asks for
     * (success criterion 1.4.3). Text of controls that can't be used is exempt there.
     */
    private static final String CONTRAST = """
            const rgb = (text) => text.match(/[0-9.]+/g).map(Number);
            const part = (c) => c / 255 <= 0.03928 ? c / 255 / 12.92 : Math.pow((c / 255 + 0.055) / 1.055, 2.4);
            const light = (c) => 0.2126 * part(c[0]) + 0.7152 * part(c[1]) + 0.0722 * part(c[2]);
            const ground = (element) => {
              for (let each = element; each; each = each.parentElement) {
                const colour = rgb(getComputedStyle(each).backgroundColor);
                if (colour.length < 4 || colour[3] > 0) { return colour; }
              }
              return [255, 255, 255];
            };
            const found = [];
            const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            while (texts.nextNode()) {
              const element = texts.currentNode.parentElement;
              const text = texts.currentNode.textContent.trim();
              if (!text || !element.checkVisibility() || element.closest('noscript, :disabled')) { continue; }
              const style = getComputedStyle(element);
              const colour = rgb(element instanceof SVGElement ? style.fill : style.color);
              const pair = [light(colour), light(ground(element))].sort((a, b) => b - a);
              const ratio = (pair[0] + 0.05) / (pair[1] + 0.05);
              if (ratio < 4.5) { found.push(text + ' ' + ratio.toFixed(2)); }
            }
            return found.join('; ');
            """;

    private PageAudit() {}

    /** The texts that are hard to read; empty when there are none. */
    static String unreadable(Browser browser) throws IOException {
        return browser.script(CONTRAST);
    }

    /** By how many pixels the page is wider than its window. */
    static String overflow(Browser browser) throws IOException {
        return browser.script(
                "return String(document.documentElement.scrollWidth - document.documentElement.clientWidth)");
    }
}
