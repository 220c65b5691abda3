// Wrong: sends nothing off when fewer than x are there.
#include <bits/stdc++.h>
using namespace std;
int main() {
    int n;
    cin >> n;
    multiset<int> present;
    long long sums[2] = {0, 0};
    for (int i = 0; i < n; i++) {
        string op;
        int x;
        cin >> op >> x;
        if (op == "A") present.insert(x);
        else if ((int)present.size() >= x)
            while (x--) {
                auto one = op == "H" ? --present.end() : present.begin();
                sums[op == "L"] += *one;
                present.erase(one);
            }
    }
    cout << sums[0] << ' ' << sums[1] << "\n";
}
