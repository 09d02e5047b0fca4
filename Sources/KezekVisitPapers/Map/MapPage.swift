// SPDX-License-Identifier: Apache-2.0

import Texts

/// The map as a page with boxes for days and crews; it needs nothing from elsewhere.
public struct MapPage: Sendable {
    let map: RouteMap

    public init(_ map: RouteMap) { self.map = map }

    private static let width = 1_000.0

    public var html: String {
        let panel = MapPanel(map, width: Self.width)
        let routes = map.tracks.map(panel.track).joined()
        let days = map.days.enumerated().map { day, name in
            let tracks = map.tracks.filter { $0.day == day }
            return box("d\(day)", isOn: day == 0)
                + Markup.escaped(name) + "<small>"
                + Markup.escaped(MapPicture.totals(tracks, map.units)) + "</small></label>"
        }
        let crews = map.usedCrews.map { crew in
            box("c\(crew)", isOn: true)
                + "<svg width=\"36\" height=\"18\" viewBox=\"0 -9 36 18\">\(MapPicture.swatch(crew))</svg>"
                + Markup.escaped(MapPicture.entry(map.crews[crew], map.units)) + "</label>"
        }
        let words = map.units.words
        return """
            <!DOCTYPE html>
            <html lang="\(words.language.rawValue)">
            <head>
            <meta charset="utf-8">
            \(Markup.policy)
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(words.title)</title>
            <style>
            html, body { height: 100%; }
            body { margin: 0; display: flex; font: 14px/1.4 sans-serif; color: #000; }
            nav { flex: 0 0 21em; overflow-y: auto; padding: .8em; box-sizing: border-box;
              border-right: 1px solid #bbb; }
            main { flex: 1; min-width: 0; background: #fafafa; }
            main svg { width: 100%; height: 100%; display: block; cursor: grab; touch-action: none; }
            label { display: flex; align-items: center; gap: .5em; padding: .1em 0; }
            .days label { flex-wrap: wrap; }
            small { display: block; flex-basis: 100%; padding-left: 2.2em; color: #444; }
            h2 { font-size: 1em; margin: .8em 0 .2em; }
            h2 button { font-size: .85em; margin-left: .5em; }
            .off { display: none; }
            \(MapPanel.css)
            .s:hover { opacity: .7; }
            @media (max-width: 700px) { body { flex-direction: column; }
              nav { flex: 0 0 40%; border: 0; } }
            </style>
            </head>
            <body>
            <nav>
            <h2>\(words.days) <button type="button" data-all="d">\(words.all)</button>\
            <button type="button" data-none="d">\(words.none)</button></h2>
            <div class="days">
            \(days.joined(separator: "\n"))
            </div>
            <h2>\(words.crews) <button type="button" data-all="c">\(words.all)</button>\
            <button type="button" data-none="c">\(words.none)</button></h2>
            <div>
            \(crews.joined(separator: "\n"))
            </div>
            <p>\(Markup.escaped(MapPicture(map).footnote)) \(words.help)</p>
            </nav>
            <main>
            <svg viewBox="0 0 \(SVG.number(panel.width)) \(SVG.number(panel.height))" role="img" aria-label="\(words.routes)">
            \(routes)\(panel.marks)</svg>
            </main>
            <script>
            \(Self.script)
            </script>
            </body>
            </html>

            """
    }

    private func box(_ name: String, isOn: Bool) -> String {
        "<label><input type=\"checkbox\" value=\"\(name)\"\(isOn ? " checked" : "")>"
    }

    /// Shows what is ticked, and moves the map.
    private static let script = """
        const boxes = [...document.querySelectorAll('input')];
        const routes = [...document.querySelectorAll('main svg > g')];
        function show() {
          const on = new Set(boxes.filter(box => box.checked).map(box => box.value));
          for (const route of routes) {
            const [crew, day] = route.classList;
            route.classList.toggle('off', !(on.has(crew) && on.has(day)));
          }
        }
        for (const box of boxes) box.addEventListener('change', show);
        for (const button of document.querySelectorAll('button')) {
          const kind = button.dataset.all || button.dataset.none;
          button.addEventListener('click', () => {
            for (const box of boxes) {
              if (box.value.startsWith(kind)) box.checked = 'all' in button.dataset;
            }
            show();
          });
        }
        const map = document.querySelector('main svg');
        let { x, y, width, height } = map.viewBox.baseVal;
        const place = () => map.setAttribute('viewBox', [x, y, width, height].join(' '));
        const unit = () => Math.max(width / map.clientWidth, height / map.clientHeight);
        map.addEventListener('wheel', event => {
          event.preventDefault();
          const point = new DOMPoint(event.clientX, event.clientY)
            .matrixTransform(map.getScreenCTM().inverse());
          const factor = Math.min(Math.max(event.deltaY > 0 ? 1.2 : 1 / 1.2, 40 / width), 2000 / width);
          x = point.x - (point.x - x) * factor;
          y = point.y - (point.y - y) * factor;
          width *= factor;
          height *= factor;
          place();
        }, { passive: false });
        map.addEventListener('pointerdown', event => map.setPointerCapture(event.pointerId));
        map.addEventListener('pointermove', event => {
          if (!event.buttons) return;
          x -= event.movementX * unit();
          y -= event.movementY * unit();
          place();
        });
        show();
        """
}
